import { expect, it } from 'vitest';
import { importWords } from './import-words.ts';

const outcome = { dryRun: true, created: 0, updated: 0, unchanged: 0, newGroups: [], passwords: null };

it('says what would become of a file, and what became of it', () => {
  const all = { ...outcome, created: 28, updated: 1, unchanged: 1, newGroups: ['7b', 'Choir'] };
  expect(importWords(all)).toBe(
    '28 people would come in; 1 person would be changed; 1 person is as the file says already; new groups: 7b, Choir.',
  );
  expect(importWords({ ...outcome, dryRun: false, created: 1, updated: 2 })).toBe(
    '1 person came in; 2 people changed.',
  );
});

it('says that there is nothing to do', () => {
  expect(importWords(outcome)).toBe('There is nothing to do.');
});
