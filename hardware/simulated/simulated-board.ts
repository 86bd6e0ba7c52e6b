import type { Board } from '../board.ts';
import type { Clock } from '../clock.ts';
import { CecSwitch } from '../hdmi-switch/cec-switch.ts';
import type { HdmiSwitchPort } from '../hdmi-switch/hdmi-switch-port.ts';
import { HdmiSwitches } from '../hdmi-switch/hdmi-switches.ts';
import { present } from '../presence.ts';
import { SimulatedHealth } from './simulated-health.ts';
import { SimulatedIdentity } from './simulated-identity.ts';
import { SimulatedMachine } from './simulated-machine.ts';

export interface SimulatedBoardOptions {
  /** Becomes the device id, so it must be one: 3 to 63 of a-z, 0-9 and -. */
  readonly name: string;
  readonly clock: Clock;
  /** End this process as a machine that goes down does; whoever keeps it running starts it again after a reboot. */
  readonly goDown: (how: 'reboot' | 'shutdown') => void;
}

/**
 * A board that is made up: every port is there, nothing touches the machine. Its boot is the process: a reboot ends that.
 *
 * @throws config_invalid when the name cannot be a device id
 */
export function createSimulatedBoard({ name, clock, goDown }: SimulatedBoardOptions): Board {
  const machine = new SimulatedMachine(clock);
  return {
    kind: 'simulated',
    identity: new SimulatedIdentity(name),
    health: new SimulatedHealth(machine, clock),
    hdmi: present({ read: async () => machine.hdmiState(), onChange: (tell) => machine.hdmi.onChange(tell) }),
    cec: present({
      read: async () => machine.cecState(),
      onChange: (tell) => machine.cec.onChange(tell),
      command: async (action, options) => machine.commandTelevision(action, options?.adapter),
    }),
    input: present({
      read: async () => machine.inputState(),
      onChange: (tell) => machine.input.onChange(tell),
    }),
    relays: present({
      read: async () => machine.relaysState(),
      onChange: (tell) => machine.relays.onChange(tell),
      set: async (channel, on) => machine.setRelay(channel, on),
    }),
    hdmiSwitches: present(new HdmiSwitches(simulatedSwitches(machine))),
    screen: present({
      set: async (power) => machine.commandTelevision(power === 'on' ? 'on' : 'standby'),
      read: async () => screenPowerOf(machine),
    }),
    audio: present({
      setMuted: async (muted) => {
        machine.isMuted = muted;
      },
      readMuted: async () => machine.isMuted,
    }),
    reboot: present({ reboot: async () => goDown('reboot') }),
    shutdown: present({
      shutdown: async () => goDown('shutdown'),
      unwrittenMiB: async () => machine.unwrittenMiB,
    }),
    simulator: present({ apply: (simulation) => machine.apply(simulation) }),
    start: async () => machine.tell(),
    stop: async () => undefined,
  };
}

/** Its television, and a matrix that does whatever it is told. */
function simulatedSwitches(machine: SimulatedMachine): ReadonlyMap<string, HdmiSwitchPort> {
  const cec = new CecSwitch({ command: async (action) => machine.commandTelevision(action) });
  return new Map<string, HdmiSwitchPort>([
    ['cec', cec],
    ['Matrix', { route: async () => ({ confirmed: true }) }],
  ]);
}

function screenPowerOf(machine: SimulatedMachine): 'on' | 'off' | 'unknown' {
  const power = machine.cecState().adapters[0]?.power;
  if (power === 'on') return 'on';
  return power === 'standby' ? 'off' : 'unknown';
}
