import { expect, it } from 'vitest';
import { attemptsAfterReplacement, planAfterFailure } from './assignment-plan.ts';

it('gives each of two desktops two tries, then ends', () => {
  const steps = [1, 2, 3, 4].map((attempts) => planAfterFailure(attempts, 'command_timeout'));
  expect(steps).toEqual(['repeat', 'replace', 'repeat', 'end']);
});

it('does not try a hopeless desktop twice', () => {
  const steps = [1, 3].map((attempts) => planAfterFailure(attempts, 'desktop_lost'));
  expect(steps).toEqual(['replace', 'end']);
});

it('ends however many attempts were interrupted', () => {
  expect([5, 6, 99].map((attempts) => planAfterFailure(attempts, 'desktop_failed'))).toEqual([
    'end',
    'end',
    'end',
  ]);
});

it('counts the tries that a desktop was not given as used', () => {
  expect([1, 2].map(attemptsAfterReplacement)).toEqual([2, 2]);
});
