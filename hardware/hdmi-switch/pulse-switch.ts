import { HomeroomError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { RelayPort } from '../relay/relay-port.ts';
import type { HdmiRoute, HdmiSwitchPort } from './hdmi-switch-port.ts';

/** As long as a finger presses. */
const pressMs = 300;
/** Between two buttons. */
const pauseMs = 200;

export interface PulseSwitchOptions {
  readonly relays: Pick<RelayPort, 'set'>;
  /** The channel that presses the button of each input, from input 1 on. */
  readonly channels: readonly number[];
  readonly clock: Clock;
}

/** A switch whose buttons are pressed by relays. One button at a time, and every one is let go, whatever happens. */
export class PulseSwitch implements HdmiSwitchPort {
  readonly #options: PulseSwitchOptions;
  /** The end of the queue. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PulseSwitchOptions) {
    this.#options = options;
  }

  route({ input, output }: HdmiRoute, signal: AbortSignal): Promise<{ confirmed: boolean }> {
    const channel = this.#options.channels[input - 1];
    if (channel === undefined || output !== 1)
      return Promise.reject(
        new HomeroomError('hardware_absent', `no button leads input ${input} to output ${output}`),
      );
    const turn = this.#last.then(() => this.#press(channel, signal));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #press(channel: number, signal: AbortSignal): Promise<{ confirmed: boolean }> {
    signal.throwIfAborted();
    const { relays } = this.#options;
    try {
      await relays.set(channel, true);
      await this.#wait(pressMs);
    } finally {
      await relays.set(channel, false);
    }
    await this.#wait(pauseMs);
    return { confirmed: false };
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#options.clock.after(delayMs, resolve);
    });
  }
}
