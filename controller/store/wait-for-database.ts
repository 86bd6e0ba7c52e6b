import { setTimeout as sleep } from 'node:timers/promises';
import { HomeroomError } from '@homeroom/protocol';

const firstPauseMs = 100;
const maxPauseMs = 1_000;

/**
 * Repeat work while the database is away.
 *
 * @param work must be safe to repeat: it may have been done although the answer was lost
 * @param signal bounds the wait, with a timeout; when it fires, the last outage is thrown
 * @returns what the work gave
 * @throws database_unavailable when the database was away until the signal fired; what the work throws otherwise
 */
export async function waitForDatabase<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, maxPauseMs)) {
    try {
      return await work();
    } catch (caught) {
      const isOutage = caught instanceof HomeroomError && caught.code === 'database_unavailable';
      if (!isOutage || !(await pause(pauseMs, signal))) throw caught;
    }
  }
}

/** @returns false when there is no more time. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    // An abort is no failure of its own: the outage is told.
    return false;
  }
}
