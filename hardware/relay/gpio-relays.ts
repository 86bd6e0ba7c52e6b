/**
 * Relay channels on GPIO lines.
 * - Every channel is off when the board starts and when it stops.
 * - Changes of one channel happen one after another, in the order asked; channels do not wait for each other.
 * - A line that was lost is told with its reason; the next change takes it again.
 */
import { errorCodeOf, HomeroomError, type Relays, toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { GpioDriver, GpioOutput } from '../gpio/gpio-driver.ts';
import { ObservedState } from '../watch/observed-state.ts';
import type { RelayPort } from './relay-port.ts';
import type { RelayWiring } from './relay-wiring.ts';

interface Channel {
  readonly wiring: RelayWiring;
  output: GpioOutput | undefined;
  on: boolean | null;
  since: string;
  error: { code: string; message: string } | undefined;
  /** The end of the queue of changes. */
  queue: Promise<void>;
}

export interface GpioRelaysOptions {
  readonly driver: GpioDriver;
  readonly wiring: readonly RelayWiring[];
  readonly clock: Clock;
}

export class GpioRelays implements RelayPort {
  readonly #driver: GpioDriver;
  readonly #clock: Clock;
  readonly #channels: readonly Channel[];
  readonly #observed = new ObservedState<Relays>();
  /** A board that is half taken is nobody's news. */
  #isStarted = false;

  constructor({ driver, wiring, clock }: GpioRelaysOptions) {
    this.#driver = driver;
    this.#clock = clock;
    const since = clock.now().toISOString();
    this.#channels = wiring.map((one) => ({
      wiring: one,
      output: undefined,
      on: null,
      since,
      error: undefined,
      queue: Promise.resolve(),
    }));
  }

  async read(): Promise<Relays> {
    return this.#state();
  }

  onChange(listener: (state: Relays) => void): () => void {
    return this.#observed.onChange(listener);
  }

  set(channel: number, on: boolean): Promise<void> {
    const found = this.#channels[channel];
    if (!found)
      return Promise.reject(new HomeroomError('hardware_absent', `there is no relay channel ${channel}`));
    const change = found.queue.then(() => this.#drive(found, on));
    found.queue = change.catch(() => undefined);
    return change;
  }

  /** Take every line, off. A line that cannot be taken is told in the state. */
  async start(): Promise<void> {
    await Promise.allSettled(this.#channels.map((_, channel) => this.set(channel, false)));
    this.#isStarted = true;
    this.#observed.tell(this.#state());
  }

  /** Let every line go, off. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#channels.map(async (channel) => {
        await channel.queue;
        const { output } = channel;
        channel.output = undefined;
        await output?.close().catch(() => undefined);
      }),
    );
  }

  async #drive(channel: Channel, on: boolean): Promise<void> {
    if (channel.output && channel.on === on) return;
    try {
      channel.output ??= await this.#take(channel);
      if (on || channel.on !== false) await channel.output.set(on);
      this.#become(channel, on, undefined);
    } catch (caught) {
      const error = toError(caught);
      this.#become(channel, null, { code: errorCodeOf(error), message: describe(error) });
      throw error;
    }
  }

  /** A line that was just taken is off. */
  async #take(channel: Channel): Promise<GpioOutput> {
    const output = await this.#driver.open(channel.wiring);
    output.onLost((reason) => {
      channel.output = undefined;
      this.#become(channel, null, { code: 'hardware_failed', message: reason.slice(0, 200) });
    });
    channel.on = false;
    return output;
  }

  #become(channel: Channel, on: boolean | null, error: Channel['error']): void {
    channel.on = on;
    channel.error = error;
    channel.since = this.#clock.now().toISOString();
    if (this.#isStarted) this.#observed.tell(this.#state());
  }

  #state(): Relays {
    return {
      channels: this.#channels.map(({ wiring, on, since, error }, channel) => ({
        channel,
        name: wiring.name,
        on,
        since,
        ...(error ? { error } : {}),
      })),
    };
  }
}

function describe(error: Error): string {
  return (error instanceof HomeroomError ? error.detail : error.message).slice(0, 200);
}
