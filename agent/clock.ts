/** Time as the agent sees it; passed in, so that tests can turn it by hand. */
export interface Clock {
  /** Wall-clock time; may jump when the machine first learns what time it is. */
  now(): Date;
  /** Milliseconds that only ever grow; for spans and deadlines. */
  monotonicMs(): number;
  /**
   * Call `run` once after `delayMs`.
   *
   * @returns a function that cancels it; calling that twice, or after the run, changes nothing
   */
  after(delayMs: number, run: () => void): () => void;
}

/** The machine's own clock. Its timers keep the process alive, as plain timers do. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Wait for `delayMs`, or until the signal aborts.
 *
 * @throws the signal's reason when it aborts, also when it already has
 */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * Wait until `work` has ended in whatever way, but no longer than `timeoutMs`.
 *
 * @returns whether it ended in time
 */
export async function settledWithin(
  clock: Clock,
  work: Promise<unknown>,
  timeoutMs: number,
): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const cancel = clock.after(timeoutMs, () => resolve(false));
  const ended = work.then(
    () => true,
    () => true,
  );
  const isInTime = await Promise.race([ended, late]);
  cancel();
  return isInTime;
}
