import { setTimeout as delay } from 'node:timers/promises';
import type { ControllerApi } from './controller-api.ts';

const pollMs = 200;

/** Wait until the controller is linked to its broker. @returns false when the signal aborts before */
export async function untilBroker(
  api: Pick<ControllerApi, 'hasBroker'>,
  signal: AbortSignal,
): Promise<boolean> {
  while (!(await api.hasBroker())) {
    if (signal.aborted) return false;
    await delay(pollMs);
  }
  return true;
}
