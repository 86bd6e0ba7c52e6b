import { HomeroomError } from '@homeroom/protocol/wire';
import { expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import { absent, present } from '../presence.ts';
import { describeHdmiSwitchContract } from '../testing/hdmi-switch-contract.ts';
import { ScriptedCommands } from '../testing/scripted-commands.ts';
import { CecSwitch } from './cec-switch.ts';
import { LineSwitch } from './line-switch.ts';
import { openHdmiSwitches } from './open-hdmi-switches.ts';
import { PulseSwitch } from './pulse-switch.ts';
import type { SwitchLine } from './switch-line.ts';
import { type SwitchProtocol, switchProtocols } from './switch-protocols.ts';

const never = new AbortController().signal;
/** Time that passes at once, in order. */
const hurried: Clock = {
  now: () => new Date(0),
  monotonicMs: () => 0,
  after: (_delayMs, run) => {
    queueMicrotask(run);
    return () => undefined;
  },
};
const broken = () => new HomeroomError('hardware_failed', 'it is broken');

/** A matrix that follows what it is told, as `answer` says. */
function lineTo(answer: (told: string) => string) {
  const done: string[] = [];
  let fault: Error | undefined;
  const line: SwitchLine = {
    exchange: async (bytes) => {
      if (fault) throw fault;
      done.push(bytes.toString('latin1'));
      return answer(bytes.toString('latin1'));
    },
  };
  return {
    line,
    done: () => done,
    breakIt: () => {
      fault = broken();
    },
  };
}

function pressed() {
  const done: string[] = [];
  let fault: Error | undefined;
  const set = async (channel: number, on: boolean) => {
    if (fault) throw fault;
    done.push(`${channel} ${on ? 'pressed' : 'let go'}`);
  };
  const port = new PulseSwitch({ relays: { set }, channels: [4, 5], clock: hurried });
  // A route is a press and its end.
  const routes = () =>
    done.flatMap((text, index) => (index % 2 === 0 ? [`${text}, ${done[index + 1]}`] : []));
  return {
    port,
    done: routes,
    breakIt: () => {
      fault = broken();
    },
  };
}

for (const [name, protocol] of Object.entries<SwitchProtocol>(switchProtocols))
  describeHdmiSwitchContract(`a line, ${name}`, () => {
    const { line, ...rest } = lineTo(() => '');
    return { port: new LineSwitch(line, protocol), ...rest };
  });
describeHdmiSwitchContract('buttons that relays press', pressed);
describeHdmiSwitchContract('CEC', () => {
  const done: string[] = [];
  let fault: Error | undefined;
  const command = async (action: string) => {
    if (fault) throw fault;
    done.push(action);
  };
  return {
    port: new CecSwitch({ command }),
    done: () => done,
    breakIt: () => {
      fault = broken();
    },
  };
});

test('a matrix that says so confirms, one that says nothing does not, and one that refuses is told', async () => {
  const ask = (answer: string) =>
    new LineSwitch(lineTo(() => answer).line, switchProtocols.extron).route({ input: 2, output: 1 }, never);
  expect(await ask('Out1 In2 All\r\n')).toEqual({ confirmed: true });
  expect(await ask('')).toEqual({ confirmed: false });
  await expect(ask('E01\r\n')).rejects.toMatchObject({
    code: 'hardware_failed',
    detail: 'the switch answered E01',
  });
});

test('a button is let go also when its relay fails while it is pressed', async () => {
  const done: string[] = [];
  const set = async (channel: number, on: boolean) => {
    done.push(`${channel} ${on}`);
    if (on) throw broken();
  };
  const port = new PulseSwitch({ relays: { set }, channels: [4], clock: hurried });
  await expect(port.route({ input: 1, output: 1 }, never)).rejects.toThrow('it is broken');
  expect(done).toEqual(['4 true', '4 false']);
});

test('an input without a button, and an output that buttons do not have, are absent', async () => {
  const { port, done } = pressed();
  for (const route of [
    { input: 3, output: 1 },
    { input: 1, output: 2 },
  ])
    await expect(port.route(route, never)).rejects.toMatchObject({ code: 'hardware_absent' });
  expect(done()).toEqual([]);
});

test('a machine offers the switches of its wiring, and its television by CEC', async () => {
  const parts = { commands: new ScriptedCommands(), clock: hurried };
  const relays = present({
    read: async () => ({ channels: [] }),
    onChange: () => () => undefined,
    set: async () => undefined,
  });
  const cec = present({
    read: async () => ({ adapters: [] }),
    onChange: () => () => undefined,
    command: async () => undefined,
  });
  const wiring = [
    { name: 'Beamer', kind: 'relays', channels: [0] },
    { name: 'Matrix', kind: 'tcp', host: '127.0.0.1', port: 1, protocol: 'extron' },
    { name: 'Wall', kind: 'serial', path: '/dev/ttyUSB0', baud: 9600, protocol: 'plain' },
  ] as const;
  const all = openHdmiSwitches(wiring, { ...parts, relays, cec });
  expect(all.present && all.port.names).toEqual(['cec', 'Beamer', 'Matrix', 'Wall']);
  expect(all.present && (await all.port.route('Beamer', { input: 1, output: 1 }, never))).toEqual({
    confirmed: false,
  });
  if (all.present)
    await expect(all.port.route('Door', { input: 1, output: 1 }, never)).rejects.toMatchObject({
      code: 'hardware_absent',
      detail: 'there is no HDMI switch Door; there is cec, Beamer, Matrix, Wall',
    });
  const none = { ...parts, relays: absent('none'), cec: absent('none') };
  expect(openHdmiSwitches(wiring.slice(0, 1), none)).toMatchObject({ present: false });
});
