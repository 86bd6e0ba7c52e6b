import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { readSample } from '../testing/read-sample.ts';
import { complained, printed, type Script, ScriptedCommands } from '../testing/scripted-commands.ts';
import { CecCtlAdapter } from './cec-ctl-adapter.ts';

const sample = (name: string) => printed(readSample(import.meta.url, `${name}.txt`));

/** A bus with a claimed adapter and a television that is on, unless the script knows better. */
function bus(script: (commandLine: string) => ReturnType<Script> | undefined = () => undefined) {
  const commands = new ScriptedCommands(
    (line) => script(line) ?? (line.includes('--to') ? sample('television') : sample('claimed')),
  );
  const clock = new ManualClock();
  const adapter = new CecCtlAdapter({
    commands,
    clock,
    name: 'cec0',
    device: '/dev/cec0',
    findConnector: async () => 'HDMI-A-1',
    onFault: () => undefined,
  });
  return { commands, clock, adapter };
}

test('tells a television that is on, and asks for its name once', async () => {
  const { commands, adapter } = bus();
  expect(await adapter.look()).toEqual({
    name: 'cec0',
    connector: 'HDMI-A-1',
    power: 'on',
    physicalAddress: '1.0.0.0',
    isActiveSource: null,
    television: { vendor: 'LG', name: 'Test TV' },
  });
  await adapter.look();
  expect(commands.ran.filter((line) => line.includes('--to'))).toEqual([
    'cec-ctl --device /dev/cec0 --skip-info --to 0 --give-device-power-status --give-device-vendor-id --give-osd-name',
    'cec-ctl --device /dev/cec0 --skip-info --to 0 --give-device-power-status',
  ]);
});

test('claims a playback device where nobody has claimed the adapter', async () => {
  let isClaimed = false;
  const { commands, adapter } = bus((line) => {
    if (line.includes('--to')) return undefined;
    isClaimed ||= line.includes('--playback');
    return sample(isClaimed ? 'claimed' : 'unclaimed');
  });
  expect(await adapter.look()).toMatchObject({ power: 'on' });
  expect(commands.ran[1]).toBe('cec-ctl --device /dev/cec0 --playback --osd-name Homeroom');
});

test('where no address is free it says so, and does not try again at each look', async () => {
  const { commands, clock, adapter } = bus((line) =>
    line.includes('--to') ? undefined : sample('unclaimed'),
  );
  const state = await adapter.look();
  expect(state).toMatchObject({ power: 'unknown', error: { code: 'hardware_failed' } });
  await adapter.look();
  expect(commands.ran.filter((line) => line.includes('--playback'))).toHaveLength(1);
  await clock.advance(10_000);
  await adapter.look();
  expect(commands.ran.filter((line) => line.includes('--playback'))).toHaveLength(2);
});

test('without a link nothing is claimed and nobody is asked', async () => {
  const { commands, adapter } = bus(() => sample('pi4-no-link'));
  expect(await adapter.look()).toEqual({
    name: 'cec0',
    connector: 'HDMI-A-1',
    power: 'no-link',
    physicalAddress: null,
    isActiveSource: null,
    television: null,
  });
  expect(commands.ran).toHaveLength(1);
});

test('a monitor without CEC is no peer, and no fault', async () => {
  const { adapter } = bus((line) => (line.includes('--to') ? sample('power-nack') : undefined));
  const state = await adapter.look();
  expect(state).toMatchObject({ power: 'no-peer', television: null });
  expect(state).not.toHaveProperty('error');
});

test('a device that may not be opened is told in the tool’s words', async () => {
  const { adapter } = bus(() => complained('Failed to open /dev/cec0: Permission denied\n'));
  expect(await adapter.look()).toMatchObject({
    power: 'error',
    error: {
      code: 'hardware_failed',
      message: 'cec-ctl ended with 1: Failed to open /dev/cec0: Permission denied',
    },
  });
});

test.each([
  ['on', '--to 0 --image-view-on'],
  ['standby', '--to 0 --standby'],
  ['active-source', '--to 15 --active-source phys-addr=1.0.0.0'],
] as const)('%s is one message', async (action, message) => {
  const { commands, adapter } = bus();
  await adapter.command(action);
  expect(commands.ran.at(-1)).toBe(`cec-ctl --device /dev/cec0 --skip-info ${message}`);
});

test('a command that no television takes fails; one without a link has nobody to go to', async () => {
  const deaf = bus((line) => (line.includes('--to') ? sample('power-nack') : undefined));
  await expect(deaf.adapter.command('on')).rejects.toMatchObject({ code: 'hardware_failed' });
  const unplugged = bus(() => sample('pi4-no-link'));
  await expect(unplugged.adapter.command('on')).rejects.toMatchObject({ code: 'hardware_absent' });
});

test('an aborted command sends nothing', async () => {
  const { commands, adapter } = bus();
  await expect(adapter.command('on', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  expect(commands.ran).toEqual([]);
});

test('knows from the bus whether the television shows us', async () => {
  const { commands, adapter } = bus();
  let pokes = 0;
  adapter.start(() => {
    pokes += 1;
  });
  await adapter.look();
  await adapter.command('active-source');
  expect((await adapter.look()).isActiveSource).toBe(true);
  const [monitor] = commands.held;
  monitor?.say(
    'Received from Playback Device 2 to all (8 to 15): ACTIVE_SOURCE (0x82):',
    '\tphys-addr: 2.0.0.0',
  );
  expect((await adapter.look()).isActiveSource).toBe(false);
  monitor?.say('Received from TV to all (0 to 15): SET_STREAM_PATH (0x86):', '\tphys-addr: 1.0.0.0');
  expect((await adapter.look()).isActiveSource).toBe(true);
  expect(pokes).toBe(2);
  await adapter.stop();
  expect(monitor?.isAlive).toBe(false);
});
