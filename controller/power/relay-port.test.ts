import { describe, expect, it } from 'vitest';
import { type RelayAddress, RelaysByMessage } from './relay-port.ts';

const nowMs = Date.UTC(2026, 0, 1);
const address = (given: Partial<RelayAddress>): RelayAddress => ({
  id: 'relay-1',
  kind: 'board',
  device_id: null,
  topic: null,
  generation: null,
  ...given,
});

function connect() {
  const sent: unknown[] = [];
  const port = new RelaysByMessage({
    publisher: { publish: async (topic, payload, { retain }) => void sent.push({ topic, payload, retain }) },
    commands: {
      send: async (device, name, args) => {
        sent.push({ device, name, args });
        throw new Error('nobody reads the answer');
      },
    },
    nowMs: () => nowMs,
  });
  return { port, sent };
}

describe('a command', () => {
  it.each([
    [{ kind: 'tasmota', topic: 'plug' }, 'cmnd/plug/POWER2', 'ON'],
    [{ kind: 'shelly', topic: 'shelly1-A', generation: 1 }, 'shellies/shelly1-A/relay/1/command', 'on'],
  ] as const)('goes to %o as its maker says, and is not kept', async (relay, topic, payload) => {
    const { port, sent } = connect();
    await port.switch(address(relay), { channel: 1, on: true });
    expect(sent).toEqual([{ topic, payload, retain: false }]);
  });

  it('goes to a later Shelly by RPC, answered where only it may write', async () => {
    const { port, sent } = connect();
    await port.switch(address({ kind: 'shelly', topic: 'pro4', generation: 2 }), { channel: 3, on: false });
    expect(sent).toEqual([
      {
        topic: 'pro4/rpc',
        retain: false,
        payload: {
          id: expect.any(String),
          src: 'pro4/homeroom',
          method: 'Switch.Set',
          params: { id: 3, on: false },
        },
      },
    ]);
  });

  it('has an id and an end where a board reads them', async () => {
    const { port, sent } = connect();
    await port.switch(address({ id: 'strip-1' }), { channel: 0, on: true, pulseMs: 500 });
    expect(sent).toEqual([
      {
        topic: 'homeroom/v1/relay/strip-1/command',
        retain: false,
        payload: {
          id: expect.any(String),
          issuedAt: '2026-01-01T00:00:00.000Z',
          ttlMs: 5_000,
          channel: 0,
          on: true,
          pulseMs: 500,
        },
      },
    ]);
  });

  it('goes to the lines of a device as its own command, and fails as that does', async () => {
    const { port, sent } = connect();
    const relay = address({ kind: 'device', device_id: 'pi-1' });
    await expect(port.switch(relay, { channel: 17, on: true })).rejects.toThrow('nobody reads the answer');
    expect(sent).toEqual([{ device: 'pi-1', name: 'relay', args: { channel: 17, on: true } }]);
  });
});

it('asks those that tell only when they are asked', async () => {
  const { port, sent } = connect();
  await port.ask(address({}), 2);
  await port.ask(address({ kind: 'device', device_id: 'pi-1' }), 2);
  expect(sent).toEqual([]);
  await port.ask(address({ kind: 'tasmota', topic: 'plug' }), 2);
  await port.ask(address({ kind: 'shelly', topic: 'old', generation: 1 }), 2);
  expect(sent).toEqual([
    { topic: 'cmnd/plug/POWER1', payload: '', retain: false },
    { topic: 'cmnd/plug/POWER2', payload: '', retain: false },
    { topic: 'shellies/old/command', payload: 'update', retain: false },
  ]);
});
