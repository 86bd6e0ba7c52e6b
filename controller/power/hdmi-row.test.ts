import { expect, it } from 'vitest';
import { faultOfSwitch } from './hdmi-faults.ts';
import { type HdmiSwitchRow, toHdmiSwitch } from './hdmi-row.ts';

const seat = 'bbbbbbbb-0000-4000-8000-000000000001';
const input = (number: number, given: object = {}) => ({
  input: number,
  name: `Input ${number}`,
  seat: null,
  channel: null,
  ...given,
});
const row: HdmiSwitchRow = {
  id: 'switch-1',
  name: 'Projector',
  kind: 'cec',
  room_id: null,
  device_id: null,
  port: null,
  relay_id: null,
  inputs: [input(1, { seat }), input(2)],
  created_at: new Date(0),
};
const output = {
  switch_id: 'switch-1',
  output: 1,
  name: 'Out',
  input: 2,
  wanted: 2,
  since: null,
  fault: null,
};
const shown = (given: Partial<HdmiSwitchRow>, active: string[]) =>
  toHdmiSwitch({ ...row, ...given }, [output], new Set(active)).outputs[0]?.input;

it('believes by CEC who says that the screen shows it', () => {
  expect(shown({}, [seat])).toBe(1);
  expect(shown({}, [])).toBe(2);
  expect(shown({ kind: 'serial' }, [seat])).toBe(2);
});

it.each([
  ['a serial switch without its line', { kind: 'serial' }],
  ['pulses without a relay', { kind: 'pulse', inputs: [input(1, { channel: 0 })] }],
  ['a board’s line that is not told', { kind: 'board', relay: 'strip-1' }],
  ['CEC without a seat', { inputs: [input(1)] }],
  ['one number twice', { inputs: [input(1, { seat }), input(1)] }],
  ['a seat that cannot be', { inputs: [input(1, { seat: 'here' })] }],
  ['one output twice', { outputs: [output, output] }],
] as const)('refuses %s', (_what, given) => {
  const content = {
    kind: 'cec',
    room: null,
    device: null,
    port: null,
    relay: null,
    inputs: row.inputs,
  } as const;
  expect(faultOfSwitch(content)).toBeUndefined();
  expect(
    faultOfSwitch({
      ...content,
      ...given,
      inputs: [...('inputs' in given ? given.inputs : row.inputs)],
      outputs: 'outputs' in given ? [...given.outputs] : [],
    }),
  ).toMatch(/: /);
});
