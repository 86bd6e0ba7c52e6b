import { useCallback, useState } from 'react';
import { toApiError } from '../../shared/api/api-error.ts';
import { useToast } from './toast-provider.tsx';

export interface Action {
  readonly isBusy: boolean;
  /**
   * @param done what is told then; a function where the answer has to do with it
   * @returns whether it was done; a failure has been told by a toast
   */
  readonly run: <T>(doing: () => Promise<T>, done?: string | ((answer: T) => string)) => Promise<boolean>;
}

/** Do something that a button asks for: one at a time, failures told with what to do about them. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const toast = useToast();

  const run = useCallback(
    async <T>(doing: () => Promise<T>, done?: string | ((answer: T) => string)): Promise<boolean> => {
      setBusy(true);
      try {
        const answer = await doing();
        if (done) toast({ tone: 'good', title: typeof done === 'string' ? done : done(answer) });
        return true;
      } catch (caught) {
        const error = toApiError(caught);
        toast({ tone: 'bad', title: error.title, text: error.remedy });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [toast],
  );
  return { isBusy, run };
}
