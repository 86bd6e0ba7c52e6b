import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 10;

/**
 * Wait until a look gives something.
 *
 * @param what is told when it never does
 * @param look gives undefined or false while it is not yet so
 * @returns what the look gave
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`);
    await sleep(pollMs);
  }
}
