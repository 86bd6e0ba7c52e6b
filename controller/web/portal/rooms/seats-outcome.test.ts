import { expect, test } from 'vitest';
import { seatsOutcome } from './seats-outcome.ts';

const names = new Map(Array.from({ length: 8 }, (_, index) => [`s${index}`, `Seat ${index}`]));
const at = (seat: string, isReached: boolean) => ({ seat, isReached, reason: isReached ? null : 'away' });

test('a room that heard it all is told in a line', () => {
  expect(seatsOutcome({ seats: [at('s1', true), at('s2', true)] }, names, 'locked')).toEqual({
    tone: 'good',
    title: '2 seats: locked.',
    text: undefined,
  });
});

test('seats that are away follow later, and are named; those without a device are not', () => {
  const { title, text } = seatsOutcome({ seats: [at('s1', false), at('bare', false)] }, names, 'locked');
  expect([title, text]).toEqual(['1 seat: locked.', 'Seat 1 will follow when back.']);
});

test('a long list of seats is cut', () => {
  const seats = [...names.keys()].slice(0, 7).map((seat) => at(seat, false));
  expect(seatsOutcome({ seats }, names, 'locked').text).toBe(
    'Seat 0, Seat 1, Seat 2, Seat 3, Seat 4 and 2 more will follow when back.',
  );
});
