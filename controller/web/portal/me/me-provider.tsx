import type { Me, User } from '@homeroom/protocol';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { toApiError } from '../../shared/api/api-error.ts';
import { fetchMe, request } from '../../shared/api/request.ts';

export interface MeState {
  /** Undefined while it is not known yet; null when nobody is signed in. */
  readonly user: User | null | undefined;
  /** Take what a sign-in answered. */
  readonly take: (me: Me) => void;
  /** Ask the controller again: the cookie may have expired. */
  readonly refresh: () => Promise<void>;
  readonly signOut: () => Promise<void>;
}

const MeContext = createContext<MeState | undefined>(undefined);
const retryMs = 2_000;

/** Knows who is signed in. Keeps what it knew while the controller is away. */
export function MeProvider({ children }: { children: ReactNode }) {
  const [user, setUser] = useState<User | null>();
  const [isUnsure, setUnsure] = useState(false);
  const take = useCallback((me: Me) => setUser(me.user), []);
  const refresh = useCallback(async () => {
    try {
      setUser((await fetchMe()).user);
      setUnsure(false);
    } catch (caught) {
      const { passes } = toApiError(caught);
      setUnsure(passes);
      if (!passes) setUser(null);
    }
  }, []);
  const signOut = useCallback(async () => {
    await request('POST', 'sign-out');
    setUser(null);
    await refresh();
  }, [refresh]);

  useEffect(() => void refresh(), [refresh]);
  useEffect(() => {
    if (!isUnsure) return undefined;
    const timer = setInterval(() => void refresh(), retryMs);
    return () => clearInterval(timer);
  }, [isUnsure, refresh]);

  const state = useMemo(() => ({ user, take, refresh, signOut }), [user, take, refresh, signOut]);
  return <MeContext value={state}>{children}</MeContext>;
}

/** @returns who is signed in; only below a MeProvider. */
export function useMe(): MeState {
  const state = useContext(MeContext);
  if (!state) throw new Error('useMe is used outside of MeProvider');
  return state;
}
