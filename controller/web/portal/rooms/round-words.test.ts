import type { FileRound } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { personWords, roundTitle, roundWords } from './round-words.ts';

const person = (given: Partial<FileRound['people'][number]>): FileRound['people'][number] => ({
  user: 'u',
  username: 'ada',
  displayName: 'Ada',
  state: 'done',
  reason: null,
  files: 1,
  bytes: 1,
  leftCount: 0,
  ...given,
});

test('a round says what it is', () => {
  expect(roundTitle({ kind: 'hand-out', name: 'sheet.pdf', folder: 'Handouts' })).toBe(
    'sheet.pdf to Handouts',
  );
  expect(roundTitle({ kind: 'collect', name: null, folder: 'Hand in' })).toBe('Collected from Hand in');
});

test('a round says how far it is, and of trouble only where there is some', () => {
  expect(roundWords({ people: [person({})] })).toBe('1 of 1 done');
  const people = [person({}), person({ state: 'due' }), person({ state: 'failed' })];
  expect(roundWords({ people })).toBe('1 of 3 done, 1 waiting, 1 failed');
});

test.each([
  [person({ files: 2, leftCount: 1 }), 'collect', '2 files. 1 left out.'],
  [person({ files: 0, reason: 'They have no folder.' }), 'collect', '0 files. They have no folder.'],
  [person({}), 'hand-out', 'Done.'],
  [person({ state: 'due' }), 'hand-out', 'On its way.'],
  [person({ state: 'due', reason: 'No desktop.' }), 'hand-out', 'Waiting: No desktop.'],
  [person({ state: 'failed', reason: 'The disk is full.' }), 'hand-out', 'Failed: The disk is full.'],
] as const)('a person’s files are told: %o of %s', (of, kind, words) => {
  expect(personWords(of, kind)).toBe(words);
});
