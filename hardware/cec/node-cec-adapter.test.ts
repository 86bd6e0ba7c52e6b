import { expect, test } from 'vitest';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { NodeCecAdapter } from './node-cec-adapter.ts';
import type { CecClientEvents } from './node-cec-client.ts';

/** An adapter whose `cec-client` is played by the test. */
async function usb(startsWith?: Error, isReady = true) {
  const clock = new ManualClock();
  const sent: string[] = [];
  const faults: string[] = [];
  const clients: CecClientEvents[] = [];
  const adapter = new NodeCecAdapter({
    device: '/dev/ttyACM0',
    name: 'ttyACM0',
    clock,
    startClient: async (_device, events) => {
      clients.push(events);
      if (startsWith) throw startsWith;
      return { send: (line) => void sent.push(line), stop: async () => events.onEnd('stopped') };
    },
    onFault: (fault) => faults.push(fault.message),
  });
  adapter.start(() => undefined);
  await settle();
  if (isReady) clients[0]?.onLine('waiting for input');
  return { adapter, clock, sent, faults, clients };
}

test('asks the television with a message of its own and reads the answer from the traffic', async () => {
  const { adapter, sent, clients } = await usb();
  const looking = adapter.look();
  clients[0]?.onLine('TRAFFIC: [   10]\t>> 04:90:01');
  expect(await looking).toEqual({
    name: 'ttyACM0',
    connector: null,
    power: 'standby',
    physicalAddress: null,
    isActiveSource: null,
    television: null,
  });
  expect(sent).toEqual(['tx 40:8f']);
});

test('speaks with the address that cec-client was given, and knows where it is plugged in', async () => {
  const { adapter, sent, clients } = await usb();
  clients[0]?.onLine('TRAFFIC: [   10]\t<< 8f:84:20:00:04');
  await adapter.command('standby');
  expect(sent).toEqual(['tx 80:36']);
  const looking = adapter.look();
  clients[0]?.onLine('TRAFFIC: [   11]\t>> 08:90:00');
  expect(await looking).toMatchObject({ power: 'on', physicalAddress: '2.0.0.0', isActiveSource: false });
});

test('silence is no peer at first, and unknown once it has answered', async () => {
  const { adapter, clock, clients } = await usb();
  const first = adapter.look();
  await clock.advance(1_500);
  expect((await first).power).toBe('no-peer');
  clients[0]?.onLine('TRAFFIC: [   10]\t>> 0f:36');
  const second = adapter.look();
  await clock.advance(1_500);
  expect((await second).power).toBe('unknown');
});

test('while cec-client opens its adapter nobody is asked and nothing is known', async () => {
  const { adapter, sent } = await usb(undefined, false);
  expect((await adapter.look()).power).toBe('unknown');
  expect(sent).toEqual([]);
});

test('an answer of another device is not the television’s', async () => {
  const { adapter, clock, clients } = await usb();
  const looking = adapter.look();
  clients[0]?.onLine('TRAFFIC: [   10]\t>> 54:90:00');
  await clock.advance(1_500);
  expect((await looking).power).toBe('no-peer');
});

test('follows who is the active source', async () => {
  const { adapter, sent, clients } = await usb();
  clients[0]?.onLine('TRAFFIC: [   10]\t<< 4f:84:10:00:04');
  await adapter.command('active-source');
  expect(sent).toEqual(['as']);
  clients[0]?.onLine('TRAFFIC: [   20]\t>> 8f:82:20:00');
  const looking = adapter.look();
  clients[0]?.onLine('TRAFFIC: [   30]\t>> 04:90:00');
  expect((await looking).isActiveSource).toBe(false);
});

test.each([
  ['never comes', new Error('spawn cec-client ENOENT'), 'ttyACM0: spawn cec-client ENOENT'],
  ['dies', undefined, 'ttyACM0: cec-client ended with 1'],
])('a cec-client that %s is told and started again', async (_name, startsWith, fault) => {
  const { adapter, clock, faults, clients } = await usb(startsWith);
  if (!startsWith) clients[0]?.onEnd('cec-client ended with 1');
  expect(await adapter.look()).toMatchObject({ power: 'error', error: { code: 'hardware_failed' } });
  await expect(adapter.command('on')).rejects.toMatchObject({ code: 'hardware_failed' });
  await clock.advance(30_000);
  expect(faults[0]).toBe(fault);
  expect(clients).toHaveLength(2);
});

test('after the stop nothing is started again', async () => {
  const { adapter, clock, faults, clients } = await usb();
  await adapter.stop();
  await clock.advance(60_000);
  expect(clients).toHaveLength(1);
  expect(faults).toEqual([]);
});
