import type { SignInWays } from '@homeroom/protocol';
import { useEffect, useState } from 'react';
import { type ApiError, toApiError } from '../../shared/api/api-error.ts';
import { request } from '../../shared/api/request.ts';
import { goToProvider } from './provider-sign-in.ts';

const retryMs = 3_000;

/** The other way in, where the school has an OpenID provider; nothing where it has none. */
export function ProviderButton({ onFault }: { onFault: (error: ApiError | undefined) => void }) {
  const name = useProviderName();
  const [isBusy, setBusy] = useState(false);
  if (name === undefined) return null;

  const go = async (): Promise<void> => {
    setBusy(true);
    onFault(undefined);
    try {
      await goToProvider();
    } catch (caught) {
      onFault(toApiError(caught));
      setBusy(false);
    }
  };
  return (
    <div className="other-way">
      <span aria-hidden="true">or</span>
      <button type="button" className="button" disabled={isBusy} onClick={() => void go()}>
        {isBusy ? 'One moment…' : `Sign in with ${name}`}
      </button>
    </div>
  );
}

/** Asks until the controller answers: it may be starting. */
function useProviderName(): string | undefined {
  const [ways, setWays] = useState<SignInWays>();
  useEffect(() => {
    const abort = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        setWays(await request<SignInWays>('GET', 'sign-in/ways', { signal: abort.signal }));
      } catch {
        if (!abort.signal.aborted) retry = setTimeout(() => void ask(), retryMs);
      }
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(retry);
    };
  }, []);
  return ways?.oidc?.name;
}
