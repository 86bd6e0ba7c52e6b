import { setTimeout as wait } from 'node:timers/promises';

const deadlineMs = 30_000;
const everyMs = 25;

/** Waits until `condition` holds. @throws when it does not in time */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (Date.now() < end) {
    if (await condition()) return;
    await wait(everyMs);
  }
  throw new Error(`${what}: not within ${deadlineMs} ms`);
}
