import type { Clock } from '../clock.ts';

const everyMs = 20_000;
const timeoutMs = 10_000;
/** One may be missed: a small Pi is busy for some seconds now and then. */
const missedAtMost = 1;

export interface HeartbeatOptions {
  /** Rejects when nothing answers within the time given. */
  readonly check: (timeoutMs: number) => Promise<void>;
  /** Called once; the heart is not listened to after it. */
  readonly onDead: () => void;
  readonly clock: Clock;
}

/** Asks a page again and again whether it is alive: one that hangs neither ends nor crashes. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #cancel: () => void = () => undefined;
  #isStopped = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): void {
    this.#listen(0);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #listen(missed: number): void {
    if (this.#isStopped) return;
    this.#cancel = this.#options.clock.after(everyMs, () => {
      this.#options.check(timeoutMs).then(
        () => this.#listen(0),
        () => this.#miss(missed + 1),
      );
    });
  }

  #miss(missed: number): void {
    if (this.#isStopped) return;
    if (missed <= missedAtMost) {
      this.#listen(missed);
      return;
    }
    this.stop();
    this.#options.onDead();
  }
}
