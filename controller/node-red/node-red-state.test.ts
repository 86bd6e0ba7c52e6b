import { expect, it } from 'vitest';
import { degradedBy, type NodeRedPhase } from './node-red-state.ts';

const told = (phase: NodeRedPhase, reason: string | null = null) =>
  degradedBy({ phase, reason, ends: 0, memoryMiB: null });

it('tells what does not work, and why', () => {
  expect(told('starting')).toEqual(['Node-RED is starting']);
  expect(told('waiting', 'it ended (SIGKILL)')).toEqual(['Node-RED is waiting: it ended (SIGKILL)']);
  expect(told('safe', 'its flows are stopped')).toEqual(['Node-RED is safe: its flows are stopped']);
});

it('tells nothing where everything works, or is meant to be off', () => {
  expect([told('running'), told('stopped')]).toEqual([[], []]);
});
