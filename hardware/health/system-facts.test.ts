import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { complained, printed, type Script, ScriptedCommands } from '../testing/scripted-commands.ts';
import { SystemFacts } from './system-facts.ts';

function factsFrom(script: Script) {
  const clock = new ManualClock();
  const commands = new ScriptedCommands(script);
  const faults: string[] = [];
  const facts = new SystemFacts({ commands, clock, onFault: (fault) => faults.push(fault.message) });
  return { clock, commands, faults, facts };
}

test('the model is maker and model, asked once', async () => {
  const { commands, facts } = factsFrom(() =>
    printed('{"manufacturer":"ACME","model":"Box","temperatureC":null}'),
  );
  expect(await facts.model()).toBe('ACME Box');
  expect(await facts.model()).toBe('ACME Box');
  expect(commands.ran).toHaveLength(1);
  expect(commands.ran[0]).toContain('print-system-facts.ts');
});

test('a temperature is told as last known, and read afresh every ten minutes', async () => {
  const { clock, commands, facts } = factsFrom(() => printed('{"temperatureC":41.5}'));
  expect(facts.temperatureC()).toBeNull();
  await clock.advance(0);
  expect(facts.temperatureC()).toBe(41.5);
  expect(commands.ran).toHaveLength(1);
  await clock.advance(600_000);
  expect(facts.temperatureC()).toBe(41.5);
  expect(commands.ran).toHaveLength(2);
});

test('a machine without a sensor is not asked again', async () => {
  const { clock, commands, facts } = factsFrom(() => printed('{"temperatureC":null}'));
  facts.temperatureC();
  await clock.advance(3_600_000);
  expect(facts.temperatureC()).toBeNull();
  expect(commands.ran).toHaveLength(1);
});

test.each([
  ['failed', () => complained('boom')],
  ['said nothing', () => printed('')],
  ['said something else', () => printed('"a box"')],
])('a program that %s is a fault, and knows no model', async (_name, script) => {
  const { faults, facts } = factsFrom(script);
  expect(await facts.model()).toBeUndefined();
  expect(faults).toHaveLength(1);
});
