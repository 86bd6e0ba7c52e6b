import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { printed, ScriptedCommands } from '../testing/scripted-commands.ts';
import type { GpioDriver } from './gpio-driver.ts';
import { findLibgpiodDriver } from './libgpiod-driver.ts';

const free = '\tline  17:   "GPIO17"    unused  input  active-high';
const held = '\tline  17:   "GPIO17"    "gpioset"  output  active-low [used]';

/** A Pi with libgpiod 1.6 whose line 17 is held while a `gpioset` lives. */
async function pi() {
  const clock = new ManualClock();
  let isRefused = false;
  const commands: ScriptedCommands = new ScriptedCommands((line) => {
    if (line === 'gpioset --version') return printed('gpioset (libgpiod) v1.6.3\n');
    if (line === 'gpiodetect') return printed('gpiochip0 [pinctrl-bcm2711] (58 lines)\n');
    const isHeld = commands.held.some(({ isAlive }) => isAlive);
    if (isRefused) commands.held.at(-1)?.die('Device or resource busy');
    return printed(isHeld && !isRefused ? held : free);
  });
  const found = await findLibgpiodDriver({ commands, clock });
  if (typeof found === 'string') throw new Error(found);
  return {
    clock,
    commands,
    driver: found satisfies GpioDriver,
    refuse: () => {
      isRefused = true;
    },
  };
}

test('a line is opened inactive and held by a process of its own', async () => {
  const { commands, driver } = await pi();
  await driver.open({ line: 17, activeLow: true });
  expect(commands.held.map(({ commandLine }) => commandLine)).toEqual([
    'gpioset --mode=signal --active-low gpiochip0 17=0',
  ]);
});

test('a change ends the old holder before the new one begins', async () => {
  const { commands, driver } = await pi();
  const output = await driver.open({ line: 17, activeLow: false });
  await output.set(true);
  expect(commands.held.map(({ commandLine, isAlive }) => [commandLine, isAlive])).toEqual([
    ['gpioset --mode=signal gpiochip0 17=0', false],
    ['gpioset --mode=signal gpiochip0 17=1', true],
  ]);
});

test('a line that is closed while active is driven inactive first, and closing again is nothing', async () => {
  const { commands, driver } = await pi();
  const output = await driver.open({ line: 17, activeLow: true });
  await output.set(true);
  await output.close();
  await output.close();
  expect(commands.held.map(({ commandLine, isAlive }) => [commandLine.slice(-4), isAlive])).toEqual([
    ['17=0', false],
    ['17=1', false],
    ['17=0', false],
  ]);
});

test('a line that is in use is refused with the tool’s words', async () => {
  const { clock, driver, refuse } = await pi();
  refuse();
  const opening = expect(driver.open({ line: 17, activeLow: false })).rejects.toMatchObject({
    code: 'hardware_failed',
    detail: 'GPIO line 17: Device or resource busy',
  });
  await clock.advance(100);
  await opening;
});

test('a line that the chip does not have is absent', async () => {
  const { driver } = await pi();
  await expect(driver.open({ line: 58, activeLow: false })).rejects.toMatchObject({
    code: 'hardware_absent',
  });
});

test('the death of the holder is told, its closing is not', async () => {
  const { clock, commands, driver } = await pi();
  const lost: string[] = [];
  const output = await driver.open({ line: 17, activeLow: false });
  output.onLost((reason) => lost.push(reason));
  await output.set(true);
  await clock.advance(0);
  expect(lost).toEqual([]);
  commands.held.at(-1)?.die('gpioset ended with SIGKILL');
  await clock.advance(0);
  expect(lost).toEqual(['gpioset ended with SIGKILL']);
  await output.close();
  expect(lost).toHaveLength(1);
});

test('a holder that never gets the line is given up after a second', async () => {
  const clock = new ManualClock();
  const commands = new ScriptedCommands((line) =>
    printed(
      line.includes('version')
        ? 'gpioset (libgpiod) v1.6.3'
        : line === 'gpiodetect'
          ? 'gpiochip0 [pinctrl-rp1] (54 lines)'
          : free,
    ),
  );
  const driver = await findLibgpiodDriver({ commands, clock });
  if (typeof driver === 'string') throw new Error(driver);
  const opening = expect(driver.open({ line: 17, activeLow: false })).rejects.toMatchObject({
    detail: 'GPIO line 17: gpioset does not hold it',
  });
  await clock.advance(2_000);
  await opening;
  expect(commands.held[0]?.isAlive).toBe(false);
});

test.each([
  ['no tools', new ScriptedCommands(), 'libgpiod’s tools are not installed (package gpiod)'],
  [
    'no header',
    new ScriptedCommands((line) => printed(line.includes('version') ? 'gpioset (libgpiod) v2.2.1' : '')),
    'there is no GPIO header',
  ],
])('%s is a reason', async (_name, commands, reason) => {
  expect(await findLibgpiodDriver({ commands, clock: new ManualClock() })).toBe(reason);
});
