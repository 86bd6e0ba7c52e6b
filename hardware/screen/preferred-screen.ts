import type { ScreenPowerPort } from './screen-power-port.ts';

/**
 * Two ways to one screen: the first switches a television, the second blanks what is left, a plain monitor.
 * Most monitors do not answer on CEC, so what the first cannot do is no fault yet.
 */
export class PreferredScreen implements ScreenPowerPort {
  readonly #first: ScreenPowerPort;
  readonly #second: ScreenPowerPort;

  constructor(first: ScreenPowerPort, second: ScreenPowerPort) {
    this.#first = first;
    this.#second = second;
  }

  async set(power: 'on' | 'off', signal?: AbortSignal): Promise<void> {
    try {
      await this.#first.set(power, signal);
    } catch {
      signal?.throwIfAborted();
      return this.#second.set(power, signal);
    }
    // A screen that was blanked while its television did not answer must not stay dark.
    if (power === 'on') await this.#second.set('on', signal);
  }

  async read(): Promise<'on' | 'off' | 'unknown'> {
    const power = await this.#first.read();
    return power === 'unknown' ? this.#second.read() : power;
  }
}
