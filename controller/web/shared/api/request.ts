import type { Me, Problem } from '@homeroom/protocol';
import { ApiError, controllerAway } from './api-error.ts';
import { csrfToken } from './csrf-token.ts';
import { tellSignInOver } from './sign-in-over.ts';

const deadlineMs = 20_000;

export interface RequestOptions {
  readonly body?: unknown;
  /** Sent as it is, instead of a body. */
  readonly file?: Blob;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for the answer; 20 s unless told otherwise. */
  readonly waitMs?: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Ask the API.
 *
 * @param path below `/api/v1/`
 * @returns the parsed answer; undefined where there is none
 * @throws ApiError with the problem's code, or `controller_away`; an abort of `signal` is thrown as it is
 */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  if (response.ok) return parse<T>(response);
  const error = await problemOf(response);
  if (error.code !== 'csrf_token_wrong') throw error;
  // Another tab signed in anew, so this tab's token is an old one. One fresh token, one more attempt.
  await fetchMe(options.signal);
  const second = await send(method, path, options);
  if (second.ok) return parse<T>(second);
  throw await problemOf(second);
}

/** `GET /me`, which also keeps the token that changes need. */
export async function fetchMe(signal?: AbortSignal): Promise<Me> {
  const response = await send('GET', 'me', { signal });
  if (!response.ok) throw await problemOf(response);
  const me = await parse<Me>(response);
  csrfToken.keep(me.csrfToken);
  return me;
}

async function send(
  method: Method,
  path: string,
  { body, file, signal, waitMs = deadlineMs }: RequestOptions,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrfToken.get();
  if (file) headers['Content-Type'] = 'application/octet-stream';
  else if (body !== undefined) headers['Content-Type'] = 'application/json';
  const deadline = AbortSignal.timeout(waitMs);
  try {
    return await fetch(`/api/v1/${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      ...(file ? { body: file } : body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw controllerAway(error);
  }
}

async function parse<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function problemOf(response: Response): Promise<ApiError> {
  const retryAfterS = Number(response.headers.get('Retry-After')) || undefined;
  const problem = await response.json().then(
    (body: Partial<Problem>) => body,
    (): Partial<Problem> => ({ title: 'Homeroom gave no proper answer.', remedy: 'Try again in a moment.' }),
  );
  const error = new ApiError({ ...problem, status: response.status }, { retryAfterS });
  if (error.code === 'sign_in_required') tellSignInOver();
  return error;
}
