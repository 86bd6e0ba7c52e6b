import type { Problem } from '@homeroom/protocol';
import { ApiError, controllerAway } from '@homeroom/web/shared/api/api-error.ts';
import { csrfToken } from '@homeroom/web/shared/api/csrf-token.ts';

/** A large file over a slow line. */
const deadlineMs = 10 * 60_000;

/**
 * Send a file as it is.
 *
 * @param path below `/api/v1/`
 * @throws ApiError
 */
export async function sendFile(path: string, file: File): Promise<void> {
  const response = await fetch(`/api/v1/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', 'X-CSRF-Token': csrfToken.get() },
    credentials: 'same-origin',
    body: file,
    signal: AbortSignal.timeout(deadlineMs),
  }).catch((caught: unknown) => {
    throw controllerAway(caught);
  });
  if (response.ok) return;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  throw new ApiError({ ...problem, status: response.status });
}
