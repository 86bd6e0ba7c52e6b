import type { Clock } from '../clock.ts';
import type { CommandRunner, HeldProcess } from './command-runner.ts';

const firstDelayMs = 1_000;
const maxDelayMs = 60_000;
/** A process that lived this long starts again without having lost trust. */
const healthyMs = 60_000;

export interface RespawnOptions {
  readonly commands: CommandRunner;
  readonly clock: Clock;
  readonly file: string;
  readonly args: readonly string[];
  readonly onLine: (line: string) => void;
  /** Hears of each end that nobody asked for. */
  readonly onFault: (fault: Error) => void;
}

/** A listening program, `udevadm monitor`, that is started again when it dies: later and later, at most each minute. */
export class RespawnedProcess {
  readonly #options: RespawnOptions;
  #held: HeldProcess | undefined;
  #cancelRetry: () => void = () => undefined;
  #delayMs = firstDelayMs;
  #running = false;

  constructor(options: RespawnOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#spawn();
  }

  /** Resolves when the program has gone. May be repeated. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelRetry();
    await this.#held?.stop();
  }

  #spawn(): void {
    const { commands, clock, file, args, onLine } = this.#options;
    const startedMs = clock.monotonicMs();
    const held = commands.hold(file, args, { onLine });
    this.#held = held;
    void held.exited.then(({ reason }) => this.#onExit(reason, clock.monotonicMs() - startedMs));
  }

  #onExit(reason: string, livedMs: number): void {
    this.#held = undefined;
    if (!this.#running) return;
    this.#options.onFault(new Error(`${this.#options.file} stopped: ${reason}`));
    if (livedMs >= healthyMs) this.#delayMs = firstDelayMs;
    this.#cancelRetry = this.#options.clock.after(this.#delayMs, () => this.#spawn());
    this.#delayMs = Math.min(this.#delayMs * 2, maxDelayMs);
  }
}
