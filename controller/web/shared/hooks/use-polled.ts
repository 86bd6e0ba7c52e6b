import { useEffect, useState } from 'react';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { requestWhole } from '../api/request-whole.ts';
import type { Resource } from './use-resource.ts';

/**
 * Fetch again and again what no live change announces, while the page is looked at.
 *
 * @param path below `/api/v1/`
 * @param everyMs from one answer to the next question
 */
export function usePolled<T>(path: string, everyMs: number): Resource<T> {
  const [value, setValue] = useState<T>();
  const [error, setError] = useState<ApiError>();
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        if (document.visibilityState === 'visible') {
          setValue(await requestWhole<T>(path, abort.signal));
          setError(undefined);
        }
      } catch (caught) {
        if (abort.signal.aborted) return;
        setError(toApiError(caught));
      }
      if (!abort.signal.aborted) timer = setTimeout(() => void look(), everyMs);
    };
    void look();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path, everyMs]);
  return { value, error };
}
