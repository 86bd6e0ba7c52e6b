import { HomeroomError } from '@homeroom/protocol/wire';
import { expect, test } from 'vitest';
import type { CecPort } from '../cec/cec-port.ts';
import { complained, printed, ScriptedCommands } from '../testing/scripted-commands.ts';
import { CecScreen } from './cec-screen.ts';
import { PreferredScreen } from './preferred-screen.ts';
import type { ScreenPowerPort } from './screen-power-port.ts';
import { parseWlopm, WlopmScreen } from './wlopm-screen.ts';

function fakeScreen(power: 'on' | 'off' | 'unknown', fault?: Error): ScreenPowerPort & { log: string[] } {
  const log: string[] = [];
  return {
    log,
    set: async (wanted) => {
      log.push(wanted);
      if (fault) throw fault;
    },
    read: async () => power,
  };
}

function fakeCec(...powers: ('on' | 'standby' | 'no-peer')[]): CecPort & { log: string[] } {
  const log: string[] = [];
  const adapters = powers.map((power, index) => ({
    name: `cec${index}`,
    connector: null,
    power,
    physicalAddress: '1.0.0.0',
    isActiveSource: null,
    television: null,
  }));
  return {
    log,
    read: async () => ({ adapters }),
    onChange: () => () => undefined,
    command: async (action) => void log.push(action),
  };
}

test('waking a television makes us its picture too', async () => {
  const cec = fakeCec('standby');
  await new CecScreen(cec).set('on');
  await new CecScreen(cec).set('off');
  expect(cec.log).toEqual(['on', 'active-source', 'standby']);
});

test.each([
  [['no-peer', 'on'], 'on'],
  [['no-peer', 'standby'], 'off'],
  [['no-peer'], 'unknown'],
] as const)('televisions %j are %s', async (powers, power) => {
  expect(await new CecScreen(fakeCec(...powers)).read()).toBe(power);
});

test.each([
  ['HDMI-A-1 on\n', 'on'],
  ['HDMI-A-1 off\nHDMI-A-2 on\n', 'on'],
  ['HDMI-A-1 off\n', 'off'],
  ['', 'unknown'],
] as const)('wlopm says %j', (text, power) => {
  expect(parseWlopm(text)).toBe(power);
});

test('wlopm switches every output', async () => {
  const commands = new ScriptedCommands(() => printed('HDMI-A-1 off\n'));
  const screen = new WlopmScreen(commands);
  await screen.set('off');
  expect(await screen.read()).toBe('off');
  expect(commands.ran).toEqual(['wlopm --off *', 'wlopm']);
});

test('a compositor that is away is a failure in wlopm’s words', async () => {
  const screen = new WlopmScreen(
    new ScriptedCommands(() => complained('ERROR: Failed to connect to wayland server.')),
  );
  await expect(screen.set('on')).rejects.toMatchObject({
    code: 'hardware_failed',
    detail: 'wlopm ended with 1: ERROR: Failed to connect to wayland server.',
  });
});

test('a television that does not answer leaves the blanking to the compositor', async () => {
  const deaf = fakeScreen('unknown', new HomeroomError('hardware_failed'));
  const outputs = fakeScreen('off');
  const screen = new PreferredScreen(deaf, outputs);
  await screen.set('off');
  expect(outputs.log).toEqual(['off']);
  expect(await screen.read()).toBe('off');
});

test('a television that answers is enough to go off; to go on the outputs must be lit as well', async () => {
  const television = fakeScreen('on');
  const outputs = fakeScreen('off');
  const screen = new PreferredScreen(television, outputs);
  await screen.set('off');
  expect(outputs.log).toEqual([]);
  await screen.set('on');
  expect(outputs.log).toEqual(['on']);
  expect(await screen.read()).toBe('on');
});

test('an abort goes no further', async () => {
  const outputs = fakeScreen('on');
  const screen = new PreferredScreen(fakeScreen('on', new Error('aborted')), outputs);
  await expect(screen.set('off', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  expect(outputs.log).toEqual([]);
});
