import type { Session } from '@homeroom/protocol';
import { useCallback, useEffect, useState } from 'react';

/**
 * Opens the desktop's page as soon as the session that was started here has a desktop; the desktop's page shows the rest.
 *
 * @param live the person's live session, as the page knows it
 * @returns what to call with the session that was started
 */
export function useGoWhenReady(live: Session | undefined): (started: Session) => void {
  const [startedId, setStartedId] = useState<string>();

  const go = useCallback((session: Session) => {
    if (session.state === 'waiting') setStartedId(session.id);
    else window.location.assign(session.url);
  }, []);
  useEffect(() => {
    if (!live || live.id !== startedId || live.state === 'waiting') return;
    // Once: going to the same page again would begin its loading afresh.
    setStartedId(undefined);
    window.location.assign(live.url);
  }, [live, startedId]);
  return go;
}
