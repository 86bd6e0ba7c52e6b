import type { Room, Seat } from '@homeroom/protocol';
import { type SeatChoice, seatChoices } from '../devices/seat-choices.ts';

/** @returns the seats that a session can move to: with a device, and nobody on its screen. */
export function freeSeats(seats: readonly Seat[], rooms: readonly Room[]): SeatChoice[] {
  return seatChoices(
    seats.filter(({ device, session }) => device !== null && session === null),
    rooms,
  );
}
