import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';

/** One part that does not stop must not keep the others from it. */
const partTimeoutMs = 12_000;

/** What was started, so that it is stopped in the reverse order, also when the start failed half-way. */
export class Shutdown {
  readonly #parts: { name: string; stop: () => Promise<void> | void }[] = [];
  readonly #logger: Logger;
  #running: Promise<void> | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** To be called right after a part was started. */
  add(name: string, stop: () => Promise<void> | void): void {
    this.#parts.push({ name, stop });
  }

  /** Stop everything, the last first. Never throws; calling it again stops what was added meanwhile. */
  run(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    for (let part = this.#parts.pop(); part; part = this.#parts.pop()) await this.#stop(part);
  }

  async #stop({ name, stop }: { name: string; stop: () => Promise<void> | void }): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new Error(`not stopped within ${partTimeoutMs} ms`)),
      partTimeoutMs,
    );
    try {
      await Promise.race([stop(), late]);
    } catch (caught) {
      this.#logger.error({ err: toError(caught), name }, 'a part did not stop cleanly');
    } finally {
      clearTimeout(timer);
    }
  }
}
