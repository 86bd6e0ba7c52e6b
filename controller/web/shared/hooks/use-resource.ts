import type { Change, ChangeKind } from '@homeroom/protocol';
import { useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { requestWhole } from '../api/request-whole.ts';
import { coalesce } from '../live/coalesce.ts';
import { useLiveChanges } from '../live/live-context.tsx';

const quietMs = 150;
const retryMs = 3_000;

export interface Resource<T> {
  /** Undefined until the first answer; kept while a later fetch fails. */
  readonly value: T | undefined;
  /** Why the last fetch failed; undefined when it did not. */
  readonly error: ApiError | undefined;
}

/** Which changes make the resource stale. Without `id`, any change of those kinds. */
export interface Watch {
  readonly kinds: readonly ChangeKind[];
  readonly id?: string;
}

/**
 * Fetch and keep fresh: again whenever a watched thing changes, after an interruption, and after a failure that passes.
 *
 * @param path below `/api/v1/`; undefined fetches nothing
 */
export function useResource<T>(path: string | undefined, watch: Watch): Resource<T> {
  const changes = useLiveChanges();
  const [seen, setSeen] = useState<Resource<T> & { path: string | undefined }>({ path, ...nothing });
  const watchRef = useRef(watch);
  watchRef.current = watch;

  useEffect(() => {
    if (path === undefined) return undefined;
    const abort = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      clearTimeout(retry);
      try {
        const value = await requestWhole<T>(path, abort.signal);
        setSeen({ path, value, error: undefined });
      } catch (caught) {
        if (abort.signal.aborted) return;
        const error = toApiError(caught);
        setSeen((last) => ({ path, value: last.path === path ? last.value : undefined, error }));
        if (error.passes) retry = setTimeout(looking.request, retryMs);
      }
    };
    const looking = coalesce({ look, quietMs, schedule: (run, delayMs) => void setTimeout(run, delayMs) });
    looking.request();
    const unsubscribe = changes.subscribe((notice) => {
      if (notice === 'resync' || concerns(watchRef.current, notice)) looking.request();
    });
    return () => {
      unsubscribe();
      looking.stop();
      clearTimeout(retry);
      abort.abort();
    };
  }, [path, changes]);

  return seen.path === path ? seen : nothing;
}

const nothing = { value: undefined, error: undefined } as const;

function concerns(watch: Watch, change: Change): boolean {
  return watch.kinds.includes(change.kind) && (watch.id === undefined || watch.id === change.id);
}
