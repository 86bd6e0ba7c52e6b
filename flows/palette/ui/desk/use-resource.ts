import type { Change, ChangeKind } from '@homeroom/protocol';
import { type ApiError, toApiError } from '@homeroom/web/shared/api/api-error.ts';
import { requestWhole } from '@homeroom/web/shared/api/request-whole.ts';
import { coalesce } from '@homeroom/web/shared/live/coalesce.ts';
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue';
import { useDesk } from './desk.ts';

const quietMs = 150;
const retryMs = 3_000;

export interface Resource<T> {
  /** Undefined until the first answer; kept while a later fetch fails. */
  readonly value: ShallowRef<T | undefined>;
  /** Why the last fetch failed; undefined when it did not. */
  readonly error: ShallowRef<ApiError | undefined>;
  /** Fetch again, soon. */
  readonly renew: () => void;
}

/**
 * Fetch and keep fresh: again whenever a watched thing changes, after an interruption, and after a failure that passes.
 *
 * @param path below `/api/v1/`; undefined fetches nothing
 * @param kinds which changes make it stale
 */
export function useResource<T>(path: () => string | undefined, kinds: readonly ChangeKind[]): Resource<T> {
  const { live } = useDesk();
  const value = shallowRef<T>();
  const error = shallowRef<ApiError>();
  let end = (): void => undefined;
  let renew = (): void => undefined;

  const open = (at: string | undefined): void => {
    end();
    value.value = undefined;
    error.value = undefined;
    if (at === undefined) return;
    const abort = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      clearTimeout(retry);
      try {
        const answer = await requestWhole<T>(at, abort.signal);
        if (abort.signal.aborted) return;
        value.value = answer;
        error.value = undefined;
      } catch (caught) {
        if (abort.signal.aborted) return;
        error.value = toApiError(caught);
        if (error.value.passes) retry = setTimeout(looking.request, retryMs);
      }
    };
    const looking = coalesce({ look, quietMs, schedule: (run, delayMs) => void setTimeout(run, delayMs) });
    const isStale = (notice: Change | 'resync'): boolean =>
      notice === 'resync' || kinds.includes(notice.kind);
    const unsubscribe = live.subscribe((notice) => {
      if (isStale(notice)) looking.request();
    });
    renew = looking.request;
    end = () => {
      unsubscribe();
      looking.stop();
      clearTimeout(retry);
      abort.abort();
    };
    looking.request();
  };

  watch(path, open, { immediate: true });
  onScopeDispose(() => end());
  return { value, error, renew: () => renew() };
}
