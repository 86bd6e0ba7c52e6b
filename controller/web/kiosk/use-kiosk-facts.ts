import type { KioskView, Me } from '@homeroom/protocol';
import { useCallback, useEffect, useState } from 'react';
import { toApiError } from '../shared/api/api-error.ts';
import { fetchMe, request } from '../shared/api/request.ts';
import { coalesce } from '../shared/live/coalesce.ts';
import { useLiveChanges } from '../shared/live/live-context.tsx';
import type { KioskFacts } from './screen-of.ts';

const lookMs = 10_000;
/** While away or identifying, the next look comes sooner. */
const soonMs = 2_500;
const quietMs = 150;

/**
 * What the seat's page knows: from the changes at once, and from a slow regular look, because a seat must
 * never be stuck on an old picture.
 *
 * @returns the facts, and what to call with the answer of a sign-in or sign-out
 */
export function useKioskFacts(): { facts: KioskFacts; takeMe: (me: Me) => void } {
  const changes = useLiveChanges();
  const [facts, setFacts] = useState<KioskFacts>({ view: undefined, user: undefined, error: undefined });
  const takeMe = useCallback((me: Me) => setFacts((last) => ({ ...last, user: me.user })), []);

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      clearTimeout(timer);
      const seen = await lookOnce(abort.signal);
      if (abort.signal.aborted) return;
      setFacts((last) => ({ ...last, ...seen }));
      timer = setTimeout(looking.request, seen.error || seen.view?.identify ? soonMs : lookMs);
    };
    const looking = coalesce({ look, quietMs, schedule: (run, delayMs) => void setTimeout(run, delayMs) });
    looking.request();
    const unsubscribe = changes.subscribe(looking.request);
    // The stream breaks before any look fails: then a look tells whether the controller is away.
    const unwatch = changes.watchStatus(looking.request);
    return () => {
      unsubscribe();
      unwatch();
      looking.stop();
      clearTimeout(timer);
      abort.abort();
    };
  }, [changes]);
  return { facts, takeMe };
}

/** @returns what could be learnt; a failure leaves what was known before. */
async function lookOnce(signal: AbortSignal): Promise<Partial<KioskFacts> & Pick<KioskFacts, 'error'>> {
  try {
    const [me, view] = await Promise.all([fetchMe(signal), request<KioskView>('GET', 'kiosk', { signal })]);
    return { view, user: me.user, error: undefined };
  } catch (caught) {
    return { error: toApiError(caught) };
  }
}
