import type { ClassRun } from '@homeroom/protocol';
import { request } from '@homeroom/web/shared/api/request.ts';
import { useDesk } from '../desk/desk.ts';

export interface RunActions {
  readonly cancel: (run: ClassRun) => Promise<void>;
  readonly retry: (run: ClassRun, seat: string) => Promise<void>;
}

/** @param changed called when something was done */
export function useRunActions(changed: () => void): RunActions {
  const { run, ask } = useDesk();
  return {
    cancel: async ({ id, kind }) => {
      const isSure = await ask({
        title: kind === 'start' ? 'Stop the start here?' : 'Stop the end here?',
        text: 'What was done at a seat stays done; seats that still wait are left as they are.',
        confirmLabel: 'Stop it',
      });
      if (isSure && (await run(() => request('POST', `class-runs/${id}/cancel`), 'Stopped.'))) changed();
    },
    retry: async ({ id }, seat) => {
      if (await run(() => request('POST', `class-runs/${id}/seats/${seat}/retry`), 'Trying again.'))
        changed();
    },
  };
}
