import type { Session } from '@homeroom/protocol';
import { useEffect } from 'react';
import { request } from '../shared/api/request.ts';

/**
 * A person who already has a desktop, left at another seat or in a browser, gets it here: it is moved to this
 * seat and opened.
 */
export function useOwnSession(userId: string, seat: string | null): void {
  useEffect(() => {
    const abort = new AbortController();
    const bring = async (): Promise<void> => {
      const { items } = await request<{ items: Session[] }>('GET', 'sessions?state=live', {
        signal: abort.signal,
      });
      const own = items.find((session) => session.user === userId);
      if (!own || own.state === 'waiting') return;
      if (seat !== null && own.seat !== seat)
        await request('POST', `sessions/${own.id}/move`, { body: { seat }, signal: abort.signal });
      window.location.replace(own.url);
    };
    // Without it the person chooses as everybody does, and the controller answers with the same session.
    void bring().catch(() => undefined);
    return () => abort.abort();
  }, [userId, seat]);
}
