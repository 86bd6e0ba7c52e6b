import { expect, test } from 'vitest';
import { collectionWords } from './collection-words.ts';

const report = { folder: '/c', isMissing: false, files: [], left: [], leftCount: 0 };

test('tells what was collected, what was left, and what is not there', () => {
  const words = (more: object) =>
    collectionWords({ state: 'done', reason: null, report: { ...report, ...more } });
  expect(words({ files: [{ path: 'a', sizeBytes: 1 }] })).toBe('1 file.');
  expect(words({ left: [{ path: 'big', reason: 'too-large' }], leftCount: 3 })).toBe(
    '0 files. 3 left, as big (too-large).',
  );
  expect(words({ isMissing: true })).toBe('has no folder Exam.');
});

test('tells what is not collected yet, and what never will be', () => {
  const words = (state: 'due' | 'failed', reason: string | null) =>
    collectionWords({ state, reason, report: null });
  expect(words('due', null)).toBe('is being collected.');
  expect(words('due', 'The device is away.')).toBe('is tried again: The device is away.');
  expect(words('failed', 'No host.')).toBe('not collected. No host.');
});
