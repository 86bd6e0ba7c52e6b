import type { Me, SignOutAnswer, User } from '@homeroom/protocol';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { toApiError } from '../../shared/api/api-error.ts';
import { fetchMe, request } from '../../shared/api/request.ts';
import { watchSignInOver } from '../../shared/api/sign-in-over.ts';

export interface MeState {
  /** Undefined while it is not known yet; null when nobody is signed in. */
  readonly user: User | null | undefined;
  /** Somebody was signed in here, and is no more without having signed out. */
  readonly isOver: boolean;
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
  const [isOver, setOver] = useState(false);
  const [isUnsure, setUnsure] = useState(false);
  const lastRef = useRef<User | null>(undefined);
  /** Grows with each sign-in, sign-out and question: an answer to an older question is no news. */
  const newsRef = useRef(0);
  const know = useCallback((next: User | null) => {
    if (lastRef.current || next) setOver(next === null);
    lastRef.current = next;
    setUser(next);
  }, []);
  const take = useCallback(
    (me: Me) => {
      newsRef.current += 1;
      know(me.user);
    },
    [know],
  );
  const refresh = useCallback(async () => {
    newsRef.current += 1;
    const asked = newsRef.current;
    try {
      const me = await fetchMe();
      if (newsRef.current !== asked) return;
      know(me.user);
      setUnsure(false);
    } catch (caught) {
      if (newsRef.current !== asked) return;
      const { passes } = toApiError(caught);
      setUnsure(passes);
      if (!passes) know(null);
    }
  }, [know]);
  const signOut = useCallback(async () => {
    const atProvider = await request<SignOutAnswer | undefined>('POST', 'sign-out');
    // The sign-in at the OpenID provider ends, too: it would let the next one at this browser in.
    if (atProvider) window.location.assign(atProvider.url);
    lastRef.current = null;
    know(null);
    await refresh();
  }, [know, refresh]);

  useEffect(() => void refresh(), [refresh]);
  useEffect(() => watchSignInOver(() => void refresh()), [refresh]);
  useEffect(() => {
    if (!isUnsure) return undefined;
    const timer = setInterval(() => void refresh(), retryMs);
    return () => clearInterval(timer);
  }, [isUnsure, refresh]);

  const state = useMemo(
    () => ({ user, isOver, take, refresh, signOut }),
    [user, isOver, take, refresh, signOut],
  );
  return <MeContext value={state}>{children}</MeContext>;
}

/** @returns who is signed in; only below a MeProvider. */
export function useMe(): MeState {
  const state = useContext(MeContext);
  if (!state) throw new Error('useMe is used outside of MeProvider');
  return state;
}
