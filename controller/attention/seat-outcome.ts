import type { SeatOutcome } from '@homeroom/protocol';
import type { ChosenSeat } from './chosen-seats.ts';

/** What a seat makes of a wish. Pure. @returns why it is not reached now, where it is not */
export function seatOutcome({ seat, device, isRevoked, isConnected }: ChosenSeat): SeatOutcome {
  if (device === null) return { seat, isReached: false, reason: 'No device stands at this seat.' };
  if (isRevoked) return { seat, isReached: false, reason: 'Its device was signed off by an admin.' };
  if (!isConnected) {
    return { seat, isReached: false, reason: 'Its device is not connected; it follows when it is back.' };
  }
  return { seat, isReached: true, reason: null };
}
