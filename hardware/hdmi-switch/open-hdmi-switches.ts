import type { CecPort } from '../cec/cec-port.ts';
import type { Clock } from '../clock.ts';
import { absent, type Presence, present } from '../presence.ts';
import type { CommandRunner } from '../process/command-runner.ts';
import type { RelayPort } from '../relay/relay-port.ts';
import { CecSwitch } from './cec-switch.ts';
import type { HdmiSwitchesPort, HdmiSwitchPort } from './hdmi-switch-port.ts';
import type { HdmiSwitchWiring } from './hdmi-switch-wiring.ts';
import { HdmiSwitches } from './hdmi-switches.ts';
import { LineSwitch } from './line-switch.ts';
import { PulseSwitch } from './pulse-switch.ts';
import { SerialLine } from './serial-line.ts';
import { protocolOf } from './switch-protocols.ts';
import { TcpLine } from './tcp-line.ts';

export interface HdmiSwitchParts {
  readonly cec: Presence<CecPort>;
  readonly relays: Presence<RelayPort>;
  readonly commands: CommandRunner;
  readonly clock: Clock;
}

/** @returns the switches of this machine's wiring, and `cec` where it has CEC; absent when there is none */
export function openHdmiSwitches(
  wiring: readonly HdmiSwitchWiring[],
  parts: HdmiSwitchParts,
): Presence<HdmiSwitchesPort> {
  const byName = new Map<string, HdmiSwitchPort>();
  if (parts.cec.present) byName.set('cec', new CecSwitch(parts.cec.port));
  for (const one of wiring) {
    const found = openOne(one, parts);
    if (found) byName.set(one.name, found);
  }
  return byName.size > 0
    ? present(new HdmiSwitches(byName))
    : absent('no HDMI switch is configured, and there is no CEC');
}

/** @returns undefined for one that is pressed by relays that there are not */
function openOne(
  wiring: HdmiSwitchWiring,
  { relays, commands, clock }: HdmiSwitchParts,
): HdmiSwitchPort | undefined {
  if (wiring.kind === 'relays')
    return relays.present
      ? new PulseSwitch({ relays: relays.port, channels: wiring.channels, clock })
      : undefined;
  const protocol = protocolOf(wiring.protocol);
  if (!protocol) return undefined;
  const line =
    wiring.kind === 'tcp'
      ? new TcpLine(wiring.host, wiring.port)
      : new SerialLine({ path: wiring.path, baud: wiring.baud, commands, clock });
  return new LineSwitch(line, protocol);
}
