/** Time as the drivers see it; passed in, so that tests can turn it by hand. */
export interface Clock {
  /** Wall-clock time, for stamps. */
  now(): Date;
  /** Milliseconds that only ever grow, for spans. */
  monotonicMs(): number;
  /**
   * Call `run` once after `delayMs`.
   *
   * @returns a function that cancels it; calling that twice, or after the run, changes nothing
   */
  after(delayMs: number, run: () => void): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
