import { HomeroomError } from '@homeroom/protocol';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';

/** The provider says so itself: it is ill, not the question (RFC 6749, 4.1.2.1). */
const passing = new Set(['server_error', 'temporarily_unavailable']);
const silent = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT']);

/** @returns what went wrong at the provider, in the catalogue's words; the cause is for the log */
export function providerFaultOf(caught: unknown): HomeroomError {
  if (caught instanceof HomeroomError) return caught;
  const options = { cause: caught };
  if (caught instanceof AuthorizationResponseError) {
    if (passing.has(caught.error)) return unavailable(caught);
    return new HomeroomError('sign_in_provider_refused', wordsOf(caught), options);
  }
  if (caught instanceof ResponseBodyError) {
    if (passing.has(caught.error) || caught.status >= 500) return unavailable(caught);
    // The code was used already, or is too old.
    if (caught.error === 'invalid_grant')
      return new HomeroomError('sign_in_provider_over', undefined, options);
    return new HomeroomError('sign_in_provider_invalid', wordsOf(caught), options);
  }
  // `fetch` fails with a TypeError when nobody answers; so does a library that was given the wrong thing.
  if (isSilence(caught)) return unavailable(caught);
  const code = caught instanceof ClientError ? caught.code : undefined;
  return new HomeroomError('sign_in_provider_invalid', code, options);
}

function unavailable(cause: unknown): HomeroomError {
  return new HomeroomError('sign_in_provider_unavailable', undefined, { cause, retryAfterS: 10 });
}

function isSilence(caught: unknown): boolean {
  if (caught instanceof DOMException) return caught.name === 'TimeoutError' || caught.name === 'AbortError';
  if (caught instanceof ClientError) {
    if (silent.has(caught.code ?? '')) return true;
    const { cause } = caught;
    return cause instanceof Response ? cause.status >= 500 : isSilence(cause);
  }
  return caught instanceof TypeError && caught.cause !== undefined;
}

/** Words of another server, for a person to read: no more than a line of them, and no control characters. */
function wordsOf({
  error,
  error_description: description,
}: {
  error: string;
  error_description?: string | undefined;
}): string {
  const words = description ? `${error}: ${description}` : error;
  return words.replace(/\p{Cc}+/gu, ' ').slice(0, 200);
}
