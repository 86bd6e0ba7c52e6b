import type { Usage } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { countLimits, hoursLimit, hoursWords } from './usage-words.ts';

const limit: Usage['limits'][number] = {
  scope: 'Members of 7b',
  template: null,
  activeSessions: null,
  hoursPerWeek: 10,
  totalDesktops: null,
  hoursUsed: 2.5,
  sessions: 4,
  desktops: 5,
};

test('hours are told as people say them', () => {
  expect([0, 0.75, 1, 2.46].map(hoursWords)).toEqual(['0 min', '45 min', '1 hour', '2.5 hours']);
});

test('a limit on hours tells what is left, and never less than nothing', () => {
  expect(hoursLimit(limit)).toEqual({
    share: 0.25,
    words: 'Members of 7b: 7.5 hours of 10 hours left this week.',
  });
  expect(hoursLimit({ ...limit, hoursUsed: 12 })).toMatchObject({ share: 1 });
  expect(hoursLimit({ ...limit, hoursPerWeek: 0 })).toMatchObject({ share: 1 });
  expect(hoursLimit({ ...limit, hoursPerWeek: null })).toBeUndefined();
});

test('limits on how many are told where there are some', () => {
  expect(countLimits(limit)).toEqual([]);
  expect(countLimits({ ...limit, totalDesktops: 8 })).toEqual(['Members of 7b: 5 of 8 desktops are in use.']);
});
