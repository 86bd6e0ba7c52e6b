import { HomeroomError } from '@homeroom/protocol/wire';
import type { HdmiRoute, HdmiSwitchesPort, HdmiSwitchPort } from './hdmi-switch-port.ts';

/** Switches by their names. */
export class HdmiSwitches implements HdmiSwitchesPort {
  readonly #byName: ReadonlyMap<string, HdmiSwitchPort>;

  constructor(byName: ReadonlyMap<string, HdmiSwitchPort>) {
    this.#byName = byName;
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  async route(name: string, route: HdmiRoute, signal: AbortSignal): Promise<{ confirmed: boolean }> {
    const found = this.#byName.get(name);
    if (found) return found.route(route, signal);
    throw new HomeroomError(
      'hardware_absent',
      `there is no HDMI switch ${name}; there is ${this.names.join(', ')}`,
    );
  }
}
