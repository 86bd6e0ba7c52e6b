import type { Health } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { healthFact, healthFacts } from './health-words.ts';

const well: Health = {
  at: '2026-03-02T10:00:00.000Z',
  uptimeS: 3600,
  temperatureC: 48.2,
  underVoltage: false,
  loadAverage: 0.4,
  cpuCount: 4,
  memoryTotalMiB: 3800,
  memoryFreeMiB: 2900,
  diskTotalMiB: 29_000,
  diskFreeMiB: 21_000,
  diskErrors: 0,
  link: null,
  agentMemoryMiB: 52,
};

const wordsOf = (health: Health, label: string) => healthFacts(health).find((fact) => fact.label === label);

test('a healthy device is well, with its temperature', () => {
  expect(healthFact(well)).toEqual({ label: 'Health', words: 'well, 48 °C', tone: 'good' });
  expect(healthFacts(well).every(({ tone }) => tone === 'good')).toBe(true);
});

test('temperature: warm from 70, too hot from 80', () => {
  expect(wordsOf({ ...well, temperatureC: 69.4 }, 'Temperature')?.tone).toBe('good');
  expect(wordsOf({ ...well, temperatureC: 70 }, 'Temperature')?.tone).toBe('warn');
  expect(wordsOf({ ...well, temperatureC: 83 }, 'Temperature')?.words).toBe('83 °C, too hot: it slows down');
});

test('under-voltage is the worst and says what to do', () => {
  expect(healthFact({ ...well, temperatureC: 72, underVoltage: true })).toEqual({
    label: 'Health',
    words: 'power too weak since it started: use a better supply',
    tone: 'bad',
  });
});

test('what the machine cannot tell is left out', () => {
  const facts = healthFacts({
    ...well,
    temperatureC: null,
    underVoltage: null,
    loadAverage: null,
    diskFreeMiB: null,
  });
  expect(facts.map(({ label }) => label)).toEqual(['Memory']);
});

test('a full disk and a dying SD card are told', () => {
  expect(wordsOf({ ...well, diskFreeMiB: 500 }, 'Disk')).toMatchObject({
    words: '500 MiB of 28 GiB free',
    tone: 'bad',
  });
  expect(wordsOf({ ...well, diskErrors: 3 }, 'Disk')?.words).toBe('3 errors: replace the SD card');
});

test('load is judged by the number of cores', () => {
  expect(wordsOf({ ...well, loadAverage: 3 }, 'Load')?.words).toBe('busy (3.0 on 4 cores)');
  expect(wordsOf({ ...well, loadAverage: 3, cpuCount: 1 }, 'Load')).toMatchObject({ tone: 'warn' });
});

test('a device that never reported is not called well', () => {
  expect(healthFact(null)).toEqual({ label: 'Health', words: 'not reported', tone: 'idle' });
});
