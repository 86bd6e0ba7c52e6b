import { type Cec, HomeroomError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { StateWatcher } from '../watch/state-watcher.ts';
import type { CecAdapter } from './cec-adapter.ts';
import type { CecAction, CecPort } from './cec-port.ts';

/** Televisions that tell nobody of their power are asked this often; a question takes 50 ms of the bus. */
const rescanMs = 20_000;
/** A television answers late while it starts or stops. */
const settleMs = 3_000;

export interface AdaptersCecPortOptions {
  readonly adapters: readonly CecAdapter[];
  readonly clock: Clock;
  readonly onFault: (fault: Error) => void;
}

/** All the CEC adapters of a machine as one port. */
export class AdaptersCecPort implements CecPort {
  readonly #adapters: readonly CecAdapter[];
  readonly #watcher: StateWatcher<Cec>;

  constructor({ adapters, clock, onFault }: AdaptersCecPortOptions) {
    this.#adapters = adapters;
    this.#watcher = new StateWatcher<Cec>({
      look: async () => ({ adapters: await Promise.all(adapters.map((adapter) => adapter.look())) }),
      clock,
      rescanMs,
      settleMs,
      onFault,
    });
  }

  read(): Promise<Cec> {
    return this.#watcher.read();
  }

  onChange(listener: (state: Cec) => void): () => void {
    return this.#watcher.onChange(listener);
  }

  async command(
    action: CecAction,
    { adapter, signal }: { adapter?: string; signal?: AbortSignal } = {},
  ): Promise<void> {
    const chosen = this.#adapters.filter(({ name }) => adapter === undefined || name === adapter);
    if (chosen.length === 0) throw new HomeroomError('hardware_absent', `there is no CEC adapter ${adapter}`);
    const outcomes = await Promise.allSettled(chosen.map((one) => one.command(action, signal)));
    this.#watcher.poke();
    signal?.throwIfAborted();
    if (outcomes.some(({ status }) => status === 'fulfilled')) return;
    throw worstOf(outcomes);
  }

  /** A television takes seconds to answer, so nobody waits for its first state: it is told when it is there. */
  start(): void {
    for (const adapter of this.#adapters) adapter.start(() => this.#watcher.poke());
    void this.#watcher.start();
  }

  async stop(): Promise<void> {
    this.#watcher.stop();
    await Promise.all(this.#adapters.map((adapter) => adapter.stop()));
  }

  /** The HDMI plugs have changed, so the links may have. */
  poke(): void {
    this.#watcher.poke();
  }
}

/** A television that failed says more than a second socket where nothing is plugged in. */
function worstOf(outcomes: readonly PromiseSettledResult<void>[]): unknown {
  const reasons = outcomes
    .filter((outcome) => outcome.status === 'rejected')
    .map(({ reason }) => reason as unknown);
  const isFailure = (reason: unknown) =>
    !(reason instanceof HomeroomError) || reason.code !== 'hardware_absent';
  return reasons.find(isFailure) ?? reasons[0];
}
