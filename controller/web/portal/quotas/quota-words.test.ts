import { expect, test } from 'vitest';
import { limitsOf, limitWords } from './quota-words.ts';

test('a limit says what of it is used', () => {
  const none = { activeSessions: null, hoursPerWeek: null, totalDesktops: null, sessions: 3, desktops: 4 };
  expect(limitWords({ ...none, activeSessions: 10, totalDesktops: 12 })).toEqual([
    '3 of 10 sessions at once',
    '4 of 12 desktops at once',
  ]);
  expect(limitWords({ ...none, hoursPerWeek: 2.5 })).toEqual(['2.5 hours a week for each']);
});

test('an empty field limits nothing, and nothing is a limit too', () => {
  const fields = new FormData();
  fields.set('activeSessions', '0');
  fields.set('hoursPerWeek', ' ');
  expect(limitsOf(fields)).toEqual({ activeSessions: 0, hoursPerWeek: null, totalDesktops: null });
});
