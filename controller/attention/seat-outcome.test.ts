import { expect, it } from 'vitest';
import { seatOutcome } from './seat-outcome.ts';

const seat = { seat: 's-1', device: 'pi-1', isRevoked: false, isConnected: true };

it('is reached where a device is connected', () => {
  expect(seatOutcome(seat)).toEqual({ seat: 's-1', isReached: true, reason: null });
});

it.each([
  [{ device: null, isConnected: false }, 'No device'],
  [{ isRevoked: true, isConnected: false }, 'signed off'],
  [{ isConnected: false }, 'follows when it is back'],
])('is not reached with %o, and says why', (given, reason) => {
  expect(seatOutcome({ ...seat, ...given })).toMatchObject({
    isReached: false,
    reason: expect.stringContaining(reason),
  });
});
