import type { CecPort } from '../cec/cec-port.ts';
import type { ScreenPowerPort } from './screen-power-port.ts';

/** The screen as the televisions on CEC. Waking also makes this machine the picture that they show. */
export class CecScreen implements ScreenPowerPort {
  readonly #cec: CecPort;

  constructor(cec: CecPort) {
    this.#cec = cec;
  }

  async set(power: 'on' | 'off', signal?: AbortSignal): Promise<void> {
    const options = signal ? { signal } : {};
    if (power === 'off') return this.#cec.command('standby', options);
    await this.#cec.command('on', options);
    await this.#cec.command('active-source', options);
  }

  async read(): Promise<'on' | 'off' | 'unknown'> {
    const powers = (await this.#cec.read()).adapters.map((adapter) => adapter.power);
    if (powers.includes('on')) return 'on';
    return powers.includes('standby') ? 'off' : 'unknown';
  }
}
