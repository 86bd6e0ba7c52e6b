import type { Room, Seat } from '@homeroom/protocol';

/** A seat that a device can be put on. */
export interface SeatChoice {
  readonly seat: string;
  /** `Room 1 · Seat 2`. */
  readonly label: string;
  /** The device that is there now. */
  readonly device: string | null;
}

/** @returns every seat by room and name, in the order that people count. */
export function seatChoices(seats: readonly Seat[], rooms: readonly Room[]): SeatChoice[] {
  const order = new Intl.Collator(undefined, { numeric: true });
  const roomName = (id: string): string => rooms.find((room) => room.id === id)?.name ?? 'Room';
  return seats
    .map((seat) => ({ seat: seat.id, label: `${roomName(seat.room)} · ${seat.name}`, device: seat.device }))
    .sort((a, b) => order.compare(a.label, b.label));
}
