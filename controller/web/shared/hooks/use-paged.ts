import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { request } from '../api/request.ts';
import { coalesce } from '../live/coalesce.ts';
import { useLiveChanges } from '../live/live-context.tsx';
import type { Watch } from './use-resource.ts';

const pageSize = 50;
const quietMs = 500;

interface ListPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface Paged<T> {
  /** Undefined until the first page came. */
  readonly items: readonly T[] | undefined;
  readonly error: ApiError | undefined;
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  /** Fetch the following page, too. */
  readonly more: () => void;
  /** Begin again at the first page; what is shown stays until that came. */
  readonly again: () => void;
}

const nothing: Watch = { kinds: [] };

/**
 * A list that is too long to be fetched whole, page by page as somebody asks for it. While the first page alone is
 * shown it is kept fresh; once somebody reads on it does not move under their eyes, until `again` is called.
 *
 * @param path below `/api/v1/`, with its own query if it has one
 */
export function usePaged<T>(path: string, watch: Watch = nothing): Paged<T> {
  const changes = useLiveChanges();
  const [seen, setSeen] = useState<ListPage<T> & { path: string }>();
  const [error, setError] = useState<ApiError>();
  const [isBusy, setBusy] = useState(false);
  const abortRef = useRef(new AbortController());
  const watchRef = useRef(watch);
  watchRef.current = watch;
  const hasReadOnRef = useRef(false);

  const fetchPage = useCallback(
    async (after: string | null): Promise<void> => {
      abortRef.current.abort();
      const abort = new AbortController();
      abortRef.current = abort;
      hasReadOnRef.current = after !== null;
      setBusy(true);
      try {
        const joint = path.includes('?') ? '&' : '?';
        const from = after === null ? '' : `&after=${encodeURIComponent(after)}`;
        const page = await request<ListPage<T>>('GET', `${path}${joint}limit=${pageSize}${from}`, {
          signal: abort.signal,
        });
        setSeen((last) => ({
          path,
          items: after === null ? page.items : [...(last?.items ?? []), ...page.items],
          next: page.next,
        }));
        setError(undefined);
      } catch (caught) {
        if (abort.signal.aborted) return;
        setError(toApiError(caught));
      }
      setBusy(false);
    },
    [path],
  );

  useEffect(() => {
    void fetchPage(null);
    const looking = coalesce({
      look: () => (hasReadOnRef.current ? Promise.resolve() : fetchPage(null)),
      quietMs,
      schedule: (run, delayMs) => void setTimeout(run, delayMs),
    });
    const unsubscribe = changes.subscribe((notice) => {
      if (notice === 'resync' || watchRef.current.kinds.includes(notice.kind)) looking.request();
    });
    return () => {
      unsubscribe();
      looking.stop();
      abortRef.current.abort();
    };
  }, [fetchPage, changes]);

  // What was found before stays until the answer to another question came.
  const next = seen?.path === path ? seen?.next : null;
  return {
    items: seen?.items,
    error,
    isBusy,
    hasMore: typeof next === 'string',
    more: () => void (typeof next === 'string' && fetchPage(next)),
    again: () => void fetchPage(null),
  };
}
