import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Wait until `check` gives something true.
 * @throws when that takes longer than `timeoutMs`, saying what was waited for
 */
export async function waitFor<T>(
  what: string,
  check: () => T | Promise<T>,
  timeoutMs = 10_000,
): Promise<NonNullable<T>> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (performance.now() > deadlineMs) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await sleep(10);
  }
}
