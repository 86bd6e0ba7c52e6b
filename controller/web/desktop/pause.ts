export interface Pausing {
  /** Resolves after `delayMs`, or when `wake` is called. */
  readonly pause: (delayMs: number) => Promise<void>;
  /** Ends a pause that lasts; without one, nothing happens. */
  readonly wake: () => void;
}

/** @returns a pause that can be cut short: by a button, or by news that make waiting pointless. */
export function createPause(): Pausing {
  let wake = (): void => undefined;
  return {
    pause: (delayMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, delayMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake(),
  };
}
