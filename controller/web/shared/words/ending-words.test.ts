import { expect, test } from 'vitest';
import { endingWords, lastEndWords, runningWords } from './ending-words.ts';

test('a coming end is told with its reason and what may be done', () => {
  expect(endingWords({ endsBy: 'idle', mayKeep: true })).toBe(
    'This desktop ends soon because nobody uses it. Save your work, or keep the desktop.',
  );
  expect(endingWords({ endsBy: 'limit', mayKeep: false })).toMatch(/its time is over\. Save your work in/);
  expect(endingWords({ endsBy: 'lesson-over', mayKeep: false })).toMatch(/with the lesson/);
});

test('the end of an exam names the folder that is collected, and no other', () => {
  expect(endingWords({ endsBy: 'lesson-over', mayKeep: false, examFolder: 'Exam' })).toBe(
    'This desktop ends soon with the lesson. Save your work in the folder Exam of your home: nothing else is collected.',
  );
});

test('a desktop that goes on has its sentence told; one that is only on its way has not', () => {
  expect(runningWords({ state: 'active', reason: 'The lesson is over.' })).toBe('The lesson is over.');
  expect(runningWords({ state: 'active', reason: null })).toBeNull();
  expect(runningWords({ state: 'starting', reason: 'It is tried again.' })).toBeNull();
});

const endedAt = '2026-03-01T08:00:00.000Z';
const soon = new Date('2026-03-01T08:05:00.000Z');

test('a desktop that was lost is told to who chooses the next one', () => {
  const lost = { endReason: 'desktop-lost', endedAt, reason: 'Its machine is gone.' } as const;
  expect(lastEndWords(lost, soon)).toBe(
    'Your desktop stopped working. Its machine is gone. Files in the home folder are kept; choose a fresh desktop.',
  );
  const told = { ...lost, reason: 'It is away. Files in the home folder are kept; choose a fresh desktop.' };
  expect(lastEndWords(told, soon)?.match(/home folder/g)).toHaveLength(1);
});

test('an end that somebody chose, or that is long past, is not told', () => {
  expect(lastEndWords({ endReason: 'logout', endedAt, reason: null }, soon)).toBeUndefined();
  expect(lastEndWords({ endReason: null, endedAt: null, reason: null }, soon)).toBeUndefined();
  const later = new Date('2026-03-01T08:11:00.000Z');
  expect(lastEndWords({ endReason: 'idle', endedAt, reason: 'Nobody used it.' }, later)).toBeUndefined();
});

test('every other end has its sentence', () => {
  for (const endReason of ['teacher', 'idle', 'limit', 'lesson-over', 'failed'] as const)
    expect(lastEndWords({ endReason, endedAt, reason: null }, soon)).toMatch(/^Your desktop .*\. [A-Z].*\.$/);
});
