import { expect, test } from 'vitest';
import { importWords, stateWords } from './lesson-words.ts';

const lesson = {
  startsAt: '2026-10-12T08:00:00.000Z',
  endsAt: '2026-10-12T09:00:00.000Z',
  leadS: 900,
  cancelledAt: null,
};
const at = (time: string) => Date.parse(`2026-10-12T${time}Z`);

test('a lesson comes, is made ready for, runs and is over', () => {
  expect(['07:00', '07:50', '08:30', '09:00'].map((time) => stateWords(lesson, at(time)))).toEqual([
    'to come',
    'desktops are made ready',
    'runs',
    'over',
  ]);
  expect(stateWords({ ...lesson, cancelledAt: lesson.startsAt }, at('08:30'))).toBe('cancelled');
});

test('an import says what it did, or would do', () => {
  const none = {
    dryRun: true,
    created: 0,
    changed: 0,
    removed: 0,
    unchanged: 0,
    kept: 0,
    leftOut: 0,
    faults: [],
  };
  expect(importWords(none)).toBe('There is nothing to do.');
  expect(importWords({ ...none, created: 1, unchanged: 2 })).toBe(
    '1 lesson would be made; 2 lessons as before.',
  );
  expect(importWords({ ...none, dryRun: false, changed: 2, removed: 1 })).toBe(
    '2 lessons changed; 1 lesson removed.',
  );
});
