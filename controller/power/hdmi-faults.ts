import type { CreateHdmiSwitchRequest } from '@homeroom/protocol';
import { isUuid } from '../store/uuid.ts';

type Content = Pick<CreateHdmiSwitchRequest, 'kind' | 'room' | 'device' | 'port' | 'relay' | 'inputs'> & {
  readonly outputs?: CreateHdmiSwitchRequest['outputs'] | undefined;
};

/** @returns what of a switch does not go together, as one sentence; undefined when all does. Pure. */
export function faultOfSwitch({
  kind,
  room,
  device,
  port,
  relay,
  inputs,
  outputs = [],
}: Content): string | undefined {
  if (room !== null && !isUuid(room)) return 'room: there is no such room';
  if ((kind === 'serial') !== (device !== null && port !== null))
    return 'device, port: a serial switch has both, others have none';
  const isByRelay = kind === 'board' || kind === 'pulse';
  if (isByRelay !== (relay !== null))
    return 'relay: switches by a board or by pulses have one, others have none';
  if (inputs.some(({ seat }) => seat !== null && !isUuid(seat))) return 'inputs: there is no such seat';
  if (isByRelay && inputs.some(({ channel }) => channel === null))
    return 'inputs: each needs the channel that chooses it';
  if (kind === 'cec' && inputs.every(({ seat }) => seat === null))
    return 'inputs: by CEC the device at an input switches to itself, so one of them needs a seat';
  if (hasTwins(inputs.map(({ input }) => input))) return 'inputs: each number once';
  if (hasTwins(outputs.map(({ output }) => output))) return 'outputs: each number once';
  return undefined;
}

function hasTwins(numbers: readonly number[]): boolean {
  return new Set(numbers).size < numbers.length;
}
