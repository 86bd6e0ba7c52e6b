import { expect, it } from 'vitest';
import { certificateVerdict, nodeVerdict, schemaVerdict, spaceVerdict } from './local-checks.ts';
import { backupVerdict, clockVerdict, deviceVerdicts, hostVerdicts, poolVerdicts } from './remote-checks.ts';
import { runChecks } from './run-checks.ts';

const now = new Date('2026-09-01T00:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const pool = {
  ...{ template: 'desktop', warmMinimum: 2, warmMaximum: null, coldMinimum: 0, coldMaximum: 0, maximum: 4 },
  ...{ maxAgeS: null, rollFloor: null, creating: 0, cold: 0, warming: 0, ready: 2, cooling: 0, claimed: 0 },
  ...{ failed: 0, outdated: 0, waiting: 0, lessons: 0 },
};

it('knows a Node that is too old, and a schema that is too old or too new', () => {
  expect([nodeVerdict('24.1.0').result, nodeVerdict('22.9.0').result]).toEqual(['ok', 'bad']);
  expect(schemaVerdict(['1', '2'], ['1', '2']).result).toBe('ok');
  expect(schemaVerdict(['1', '2'], ['1']).found).toContain('lacks 2');
  expect(schemaVerdict(['1'], ['1', '2']).found).toContain('newer');
});

it('warns before space and certificates run out', () => {
  expect([100, 1_000, 5_000].map((mib) => spaceVerdict(mib, '/x').result)).toEqual(['bad', 'warn', 'ok']);
  const results = [-1, 10, 300].map((days) => certificateVerdict('/x', inDays(days), now).result);
  expect(results).toEqual(['bad', 'warn', 'ok']);
});

it('compares clocks and the age of backups', () => {
  expect([0, 20_000, 120_000].map((ms) => clockVerdict(0, ms).result)).toEqual(['ok', 'warn', 'bad']);
  expect(clockVerdict(0, undefined).result).toBe('warn');
  const ages = [undefined, inDays(-9).toISOString(), inDays(-1).toISOString()];
  expect(ages.map((at) => backupVerdict(at, now.getTime()).result)).toEqual(['warn', 'warn', 'ok']);
});

it('says which pool does not fill, and what to type', () => {
  expect(poolVerdicts([pool]).map(({ result }) => result)).toEqual(['ok']);
  expect(poolVerdicts([{ ...pool, failed: 1 }])[0]?.result).toBe('bad');
  expect(poolVerdicts([{ ...pool, ready: 0 }])[0]?.found).toContain('0 of 2');
  expect(poolVerdicts([{ ...pool, ready: 0, creating: 1 }])[0]?.result).toBe('ok');
  const full = { ...pool, ready: 0, claimed: 4, waiting: 3 };
  expect(poolVerdicts([full])[0]?.mend).toBe('homeroom pools set desktop --maximum N');
});

it('has something to say where there are no hosts, and nothing where there are no devices', () => {
  expect(hostVerdicts([])[0]?.mend).toBe('homeroom token create --host');
  expect(deviceVerdicts([])[0]?.result).toBe('ok');
});

it('goes on after a check that throws', async () => {
  const verdicts = await runChecks([
    { name: 'first', run: () => Promise.reject(new Error('broken')) },
    { name: 'second', run: async () => [] },
    { name: 'third', run: async () => poolVerdicts([pool]) },
  ]);
  expect(verdicts.map(({ name, result }) => `${name} ${result}`)).toEqual(['first bad', 'third ok']);
});
