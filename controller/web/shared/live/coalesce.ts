export interface Coalescing {
  /** Something changed: look again, now or soon. */
  request(): void;
  /** No more looks; one that runs ends by itself. */
  stop(): void;
}

/**
 * Turns a burst of changes into few looks: the first is looked at immediately, those that come while a look
 * runs or within `quietMs` after it lead to exactly one more. `look` must not reject.
 */
export function coalesce(options: {
  readonly look: () => Promise<void>;
  readonly quietMs: number;
  readonly schedule: (run: () => void, delayMs: number) => void;
}): Coalescing {
  let state: 'idle' | 'busy' | 'dirty' | 'stopped' = 'idle';

  const settle = (): void => {
    if (state === 'stopped') return;
    const isDirty = state === 'dirty';
    state = 'idle';
    if (isDirty) start();
  };
  const start = (): void => {
    state = 'busy';
    void options.look().then(() => options.schedule(settle, options.quietMs));
  };
  return {
    request: () => {
      if (state === 'idle') start();
      else if (state === 'busy') state = 'dirty';
    },
    stop: () => {
      state = 'stopped';
    },
  };
}
