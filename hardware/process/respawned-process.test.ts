import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { ScriptedCommands } from '../testing/scripted-commands.ts';
import { RespawnedProcess } from './respawned-process.ts';

function watched() {
  const clock = new ManualClock();
  const commands = new ScriptedCommands();
  const faults: string[] = [];
  const lines: string[] = [];
  const process = new RespawnedProcess({
    commands,
    clock,
    file: 'udevadm',
    args: ['monitor'],
    onLine: (line) => lines.push(line),
    onFault: (fault) => faults.push(fault.message),
  });
  return { clock, commands, faults, lines, process };
}

test('hands on what the program says', () => {
  const { commands, lines, process } = watched();
  process.start();
  process.start();
  commands.held[0]?.say('hello');
  expect(commands.held.map(({ commandLine }) => commandLine)).toEqual(['udevadm monitor']);
  expect(lines).toEqual(['hello']);
});

test('starts a program again that died, later each time, and tells why', async () => {
  const { clock, commands, faults, process } = watched();
  process.start();
  commands.held[0]?.die('out of memory');
  await clock.advance(999);
  expect(commands.held).toHaveLength(1);
  await clock.advance(1);
  expect(commands.held).toHaveLength(2);
  commands.held[1]?.die('again');
  await clock.advance(1_999);
  expect(commands.held).toHaveLength(2);
  await clock.advance(1);
  expect(commands.held).toHaveLength(3);
  expect(faults).toEqual(['udevadm stopped: out of memory', 'udevadm stopped: again']);
});

test('waits a minute at most, and trusts a program again that has lived long', async () => {
  const { clock, commands, process } = watched();
  process.start();
  for (let round = 0; round < 10; round += 1) {
    commands.held.at(-1)?.die('no');
    await clock.advance(60_000);
    expect(commands.held).toHaveLength(round + 2);
  }
  await clock.advance(60_000);
  commands.held.at(-1)?.die('after a good life');
  await clock.advance(1_000);
  expect(commands.held).toHaveLength(12);
});

test('a stop ends it for good', async () => {
  const { clock, commands, faults, process } = watched();
  process.start();
  await process.stop();
  await clock.advance(120_000);
  expect(commands.held.map(({ isAlive }) => isAlive)).toEqual([false]);
  expect(faults).toEqual([]);
});

test('a stop while it waits to start again starts nothing', async () => {
  const { clock, commands, process } = watched();
  process.start();
  commands.held[0]?.die('gone');
  await clock.advance(500);
  await process.stop();
  await clock.advance(120_000);
  expect(commands.held).toHaveLength(1);
});
