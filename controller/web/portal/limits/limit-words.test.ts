import type { Quota } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { limitWords, scopeWords } from './limit-words.ts';

const names = {
  people: [{ id: 'u1', username: 'ada', displayName: 'Ada' }],
  groups: [{ id: 'g1', name: '7b' }],
  templates: [{ id: 'cad', name: 'CAD' }],
};

test.each([
  [{ user: null, group: null, template: null }, 'Everybody'],
  [{ user: null, group: 'g1', template: null }, 'Members of 7b'],
  [{ user: 'u1', group: null, template: 'cad' }, 'Ada, with CAD'],
  [{ user: 'gone', group: null, template: 'old' }, 'one person, with old'],
])('%o is for %s', (scope, words) => {
  expect(scopeWords(scope, names)).toBe(words);
});

test('what is not limited is not told, and zero is a limit', () => {
  const quota = {
    activeSessions: 0,
    hoursPerWeek: 10,
    totalDesktops: null,
    sessions: 2,
    desktops: 3,
  } as Quota;
  expect(limitWords(quota)).toEqual(['2 of 0 sessions at the same time', '10 hours a week for each person']);
});
