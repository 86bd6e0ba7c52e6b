import type { AuditEntry } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { changedFields, changeWords, verdictWords } from './audit-words.ts';

const entry = { before: null, after: null, details: null } as AuditEntry;

test('a change tells what was and what became', () => {
  const fields = changedFields({
    ...entry,
    before: { name: 'Room 1' },
    after: { name: 'Physics', seats: 4 },
  });
  expect(fields).toEqual([
    { name: 'name', before: 'Room 1', after: 'Physics' },
    { name: 'seats', before: undefined, after: '4' },
  ]);
  expect(changeWords(fields)).toBe('name: Room 1 → Physics, seats: 4');
});

test('what was removed became nothing', () => {
  expect(changeWords(changedFields({ ...entry, before: { guest: { limitS: 60 } } }))).toBe(
    'guest: {"limitS":60} → nothing',
  );
});

test('without a change the details are told, and none where there are none', () => {
  expect(changeWords(changedFields({ ...entry, details: { template: 'cad' } }))).toBe('template: cad');
  expect(changedFields(entry)).toEqual([]);
});

test('a long line ends in its room', () => {
  expect(changeWords([{ name: 'text', before: undefined, after: 'x'.repeat(500) }])).toHaveLength(90);
});

test('a whole chain and a broken one are told apart', () => {
  const whole = { isWhole: true, verified: 40, hash: 'ab', unsealed: 0, fault: null };
  expect(verdictWords(whole)).toBe('All 40 entries are as they were written.');
  expect(verdictWords({ ...whole, unsealed: 2 })).toContain('2 of the last seconds');
  expect(verdictWords({ ...whole, isWhole: false, fault: { sequence: 41, kind: 'missing' } })).toBe(
    'Entry 41 is missing. The 40 before it are as they were written.',
  );
});
