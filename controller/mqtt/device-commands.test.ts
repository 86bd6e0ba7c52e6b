import { type Command, HomeroomError, type Result } from '@homeroom/protocol';
import { afterEach, expect, it, vi } from 'vitest';
import { MqttDeviceCommands, type MqttDeviceCommandsOptions } from './device-commands.ts';

afterEach(() => vi.useRealTimers());

function setUp(given: Partial<MqttDeviceCommandsOptions> = {}) {
  const sent: { topic: string; payload: Command; retain: boolean }[] = [];
  let ids = 0;
  const commands = new MqttDeviceCommands({
    publisher: {
      publish: async (topic, payload, { retain }) =>
        void sent.push({ topic, payload: payload as Command, retain }),
    },
    isConnected: (device) => device.startsWith('pi-'),
    now: () => new Date('2026-01-01T00:00:00.000Z'),
    newId: () => {
      ids += 1;
      return `command-${ids}`;
    },
    ...given,
  });
  const answer = (result: Partial<Result>, device = 'pi-1', name = 'relay') =>
    commands.handleResult(device, name, { id: 'command-1', status: 'succeeded', ...result });
  return { commands, sent, answer };
}
const relay = { channel: 0, on: true };

it('sends a command once, never retained, with its id and its time to live', async () => {
  const { commands, sent, answer } = setUp();
  const result = commands.send('pi-1', 'relay', relay);
  expect(sent).toEqual([
    {
      topic: 'homeroom/v1/pi-1/command/relay',
      payload: { id: 'command-1', issuedAt: '2026-01-01T00:00:00.000Z', ttlMs: 10_000, args: relay },
      retain: false,
    },
  ]);
  answer({ data: relay });
  expect(await result).toEqual(relay);
  expect(commands.inFlight).toBe(0);
});

it('fills in the defaults of the arguments', async () => {
  const { commands, sent } = setUp();
  commands.send('pi-1', 'identify', {}).catch(() => undefined);
  expect(sent[0]?.payload.args).toEqual({ seconds: 10 });
  commands.stop();
});

it('waits on when work has only begun', async () => {
  const { commands, answer } = setUp();
  const result = commands.send('pi-1', 'relay', relay);
  answer({ status: 'accepted' });
  expect(commands.inFlight).toBe(1);
  answer({ data: relay });
  await result;
});

it.each([
  ['another device', { device: 'pi-2' }],
  ['another command', { name: 'identify' }],
  ['another id', { id: 'command-9' }],
])(
  'takes no answer from %s',
  async (_who, { device = 'pi-1', name = 'relay', id = 'command-1' }: Record<string, string>) => {
    const { commands, answer } = setUp();
    commands.send('pi-1', 'relay', relay).catch(() => undefined);
    answer({ id, data: relay }, device, name);
    expect(commands.inFlight).toBe(1);
    commands.stop();
  },
);

it('brings back the code and the words that the device answered', async () => {
  const { commands, answer } = setUp();
  const result = commands.send('pi-1', 'relay', relay);
  answer({ status: 'failed', error: { code: 'hardware_absent', message: 'no relays' } });
  await expect(result).rejects.toMatchObject({ code: 'hardware_absent', detail: 'no relays' });
});

it('makes something of a code that it does not know', async () => {
  const { commands, answer } = setUp();
  const result = commands.send('pi-1', 'relay', relay);
  answer({ status: 'failed', error: { code: 'from_the_future', message: 'no fuel' } });
  await expect(result).rejects.toMatchObject({ code: 'hardware_failed', detail: 'no fuel' });
});

it('says that the device found it expired', async () => {
  const { commands, answer } = setUp();
  const result = commands.send('pi-1', 'relay', relay);
  answer({ status: 'expired' });
  await expect(result).rejects.toMatchObject({ code: 'command_expired' });
});

it('refuses an answer whose data is not what the command promises', async () => {
  const { commands, answer } = setUp();
  const result = commands.send('pi-1', 'relay', relay);
  answer({ data: { channel: 'first' } });
  await expect(result).rejects.toMatchObject({ code: 'payload_invalid' });
});

it('gives up after its time', async () => {
  vi.useFakeTimers();
  const { commands } = setUp();
  const result = commands.send('pi-1', 'relay', relay, { timeoutMs: 1_000 });
  const seen = expect(result).rejects.toMatchObject({ code: 'command_timeout' });
  await vi.advanceTimersByTimeAsync(1_000);
  await seen;
  expect(commands.inFlight).toBe(0);
});

it('sends nothing to a device that is away, and nothing wrong', async () => {
  const { commands, sent } = setUp();
  await expect(commands.send('away', 'relay', relay)).rejects.toMatchObject({ code: 'device_offline' });
  await expect(commands.send('pi-1', 'relay', { channel: -1, on: true })).rejects.toMatchObject({
    code: 'request_invalid',
  });
  expect(sent).toEqual([]);
});

it('gives up at once when the device leaves, and only for that device', async () => {
  const { commands } = setUp();
  const one = commands.send('pi-1', 'relay', relay);
  const two = commands.send('pi-2', 'relay', relay);
  two.catch(() => undefined);
  commands.deviceLeft('pi-1');
  await expect(one).rejects.toMatchObject({ code: 'device_offline' });
  expect(commands.inFlight).toBe(1);
  commands.stop();
  await expect(two).rejects.toMatchObject({ code: 'controller_stopping' });
});

it('gives up when the caller does', async () => {
  const { commands } = setUp();
  const abort = new AbortController();
  const result = commands.send('pi-1', 'relay', relay, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(result).rejects.toThrow('enough');
  expect(commands.inFlight).toBe(0);
  await expect(commands.send('pi-1', 'relay', relay, { signal: abort.signal })).rejects.toThrow('enough');
});

it('says that the broker is away', async () => {
  const publish = async () => {
    throw new HomeroomError('broker_unavailable');
  };
  const { commands } = setUp({ publisher: { publish } });
  await expect(commands.send('pi-1', 'relay', relay)).rejects.toMatchObject({ code: 'broker_unavailable' });
  expect(commands.inFlight).toBe(0);
});

it('bounds what is under way, for one device and for all', async () => {
  const { commands } = setUp({ maxInFlight: 3, maxInFlightPerDevice: 2 });
  const send = (device: string) => commands.send(device, 'relay', relay);
  const waiting = [send('pi-1'), send('pi-1')];
  await expect(send('pi-1')).rejects.toMatchObject({ code: 'command_busy' });
  waiting.push(send('pi-2'));
  await expect(send('pi-3')).rejects.toMatchObject({ code: 'command_busy' });
  for (const one of waiting) one.catch(() => undefined);
  commands.stop();
});
