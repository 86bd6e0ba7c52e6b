import { HomeroomError } from '@homeroom/protocol/wire';
import { expect, test } from 'vitest';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { AdaptersCecPort } from './adapters-cec-port.ts';
import type { CecAdapter, CecAdapterState } from './cec-adapter.ts';

class FakeAdapter implements CecAdapter {
  readonly name: string;
  readonly commands: string[] = [];
  power: CecAdapterState['power'] = 'on';
  fault: Error | undefined;
  poke: () => void = () => undefined;
  isStopped = false;

  constructor(name: string) {
    this.name = name;
  }

  async look(): Promise<CecAdapterState> {
    return {
      name: this.name,
      connector: null,
      power: this.power,
      physicalAddress: null,
      isActiveSource: null,
      television: null,
    };
  }

  async command(action: string): Promise<void> {
    this.commands.push(action);
    if (this.fault) throw this.fault;
  }

  start(poke: () => void): void {
    this.poke = poke;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
  }
}

function room() {
  const first = new FakeAdapter('cec0');
  const second = new FakeAdapter('cec1');
  const clock = new ManualClock();
  const port = new AdaptersCecPort({ adapters: [first, second], clock, onFault: () => undefined });
  return { first, second, clock, port };
}

test('tells all adapters as one state, and afresh when one hears something', async () => {
  const { first, port } = room();
  const told: string[][] = [];
  port.onChange(({ adapters }) => told.push(adapters.map(({ power }) => power)));
  port.start();
  await settle();
  first.power = 'standby';
  first.poke();
  await settle();
  expect(told).toEqual([
    ['on', 'on'],
    ['standby', 'on'],
  ]);
});

test('a command goes to every adapter, or to the one that is named', async () => {
  const { first, second, port } = room();
  await port.command('standby');
  await port.command('on', { adapter: 'cec1' });
  expect(first.commands).toEqual(['standby']);
  expect(second.commands).toEqual(['standby', 'on']);
  await expect(port.command('on', { adapter: 'cec9' })).rejects.toMatchObject({ code: 'hardware_absent' });
});

test('one television that took it is enough', async () => {
  const { first, port } = room();
  first.fault = new HomeroomError('hardware_absent', 'no link');
  await expect(port.command('on')).resolves.toBeUndefined();
});

test('where none took it, a television that failed says more than an empty socket', async () => {
  const { first, second, port } = room();
  first.fault = new HomeroomError('hardware_absent', 'no link');
  second.fault = new HomeroomError('hardware_failed', 'no answer');
  await expect(port.command('on')).rejects.toMatchObject({ code: 'hardware_failed' });
  second.fault = first.fault;
  await expect(port.command('on')).rejects.toMatchObject({ code: 'hardware_absent' });
});

test('the stop reaches every adapter', async () => {
  const { first, second, port } = room();
  port.start();
  await port.stop();
  expect([first.isStopped, second.isStopped]).toEqual([true, true]);
});
