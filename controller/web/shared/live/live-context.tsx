import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { LiveChanges, LiveStatus } from './live-changes.ts';
import { openChanges } from './open-changes.ts';

const LiveContext = createContext<LiveChanges | undefined>(undefined);

/** Gives everything below it one stream of changes. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [changes] = useState(openChanges);
  useEffect(() => {
    changes.start();
    return () => changes.stop();
  }, [changes]);
  return <LiveContext value={changes}>{children}</LiveContext>;
}

/** @returns the page's stream of changes; only below a LiveProvider. */
export function useLiveChanges(): LiveChanges {
  const changes = useContext(LiveContext);
  if (!changes) throw new Error('useLiveChanges is used outside of LiveProvider');
  return changes;
}

/** @returns whether changes arrive now. */
export function useLiveStatus(): LiveStatus {
  const changes = useLiveChanges();
  return useSyncExternalStore(
    (watcher) => changes.watchStatus(watcher),
    () => changes.status,
  );
}
