import type { CecPort } from '../cec/cec-port.ts';
import type { HdmiRoute, HdmiSwitchPort } from './hdmi-switch-port.ts';

/**
 * The television that this machine hangs on, or a switch that follows CEC: it shows the input of whoever calls itself the
 * active source, so the input is always this machine's own. Nothing confirms it: what CEC answers is not believed alone.
 */
export class CecSwitch implements HdmiSwitchPort {
  readonly #cec: Pick<CecPort, 'command'>;

  constructor(cec: Pick<CecPort, 'command'>) {
    this.#cec = cec;
  }

  async route(_route: HdmiRoute, signal: AbortSignal): Promise<{ confirmed: boolean }> {
    signal.throwIfAborted();
    await this.#cec.command('active-source', { signal });
    return { confirmed: false };
  }
}
