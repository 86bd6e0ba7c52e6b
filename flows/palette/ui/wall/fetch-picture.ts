import { tellSignInOver } from '@homeroom/web/shared/api/sign-in-over.ts';
import type { Fetched, PictureRequest } from './pictures.ts';

const deadlineMs = 10_000;

/**
 * @returns what fetches a device's picture, decoded; it knows by ETag which one it gave last. Answers are never stored by the
 *   browser, so it asks by itself whether anything moved.
 */
export function pictureFetcher(): (request: PictureRequest) => Promise<Fetched> {
  const etags = new Map<string, string>();
  return async ({ device, hasPicture, signal }) => {
    try {
      const headers: Record<string, string> = {};
      const known = hasPicture ? etags.get(device) : undefined;
      if (known !== undefined) headers['If-None-Match'] = known;
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
      const response = await fetch(`/api/v1/devices/${device}/snapshot`, { headers, signal: deadline });
      if (response.status === 401) tellSignInOver();
      if (response.status === 304 || passes(response.status)) return 'unchanged';
      etags.delete(device);
      if (!response.ok) return 'none';
      const picture = await decoded(await response.blob());
      const etag = response.headers.get('ETag');
      if (etag !== null) etags.set(device, etag);
      return picture;
    } catch {
      // Late, ended, or not a picture: the next turn tries again.
      return 'unchanged';
    }
  };
}

/** What a busy device or a restarting controller answers: the old picture is better than none. */
function passes(status: number): boolean {
  return status === 429 || status >= 500;
}

async function decoded(blob: Blob): Promise<Fetched> {
  const url = URL.createObjectURL(blob);
  const release = (): void => URL.revokeObjectURL(url);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return { url, release };
  } catch (caught) {
    release();
    throw caught;
  }
}
