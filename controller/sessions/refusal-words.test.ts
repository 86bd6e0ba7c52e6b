import { expect, it } from 'vitest';
import { refusalError } from './refusal-words.ts';

const hours = (most: number, used: number) =>
  refusalError(
    { quota: 'q', limit: 'hoursPerWeek', most, used, freesAt: '2026-01-05T00:00:00.000Z' },
    { user: 'Ada', group: null, template: null },
    'UTC',
  ).message;

it('tells hours as hours, and less than one in minutes', () => {
  expect(hours(3, 3.04)).toContain('Ada may use desktops 3 hours a week, and you used 3 hours.');
  expect(hours(1, 1)).toContain('1 hour a week, and you used 1 hour.');
  expect(hours(0.01, 0.03)).toContain('0.6 minutes a week, and you used 1.8 minutes.');
});
