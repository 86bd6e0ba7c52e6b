import type { Device, Seat, Session } from '@homeroom/protocol';

/** A seat with what is at it. */
export interface RoomSeat {
  readonly seat: Seat;
  readonly device: Device | undefined;
  readonly session: Session | undefined;
}

/** @returns the seats in the order of their names, `Seat 2` before `Seat 10`, each with its device and live session. */
export function joinSeats(
  seats: readonly Seat[],
  devices: readonly Device[],
  sessions: readonly Session[],
): RoomSeat[] {
  const order = new Intl.Collator(undefined, { numeric: true });
  return [...seats]
    .sort((a, b) => order.compare(a.name, b.name))
    .map((seat) => ({
      seat,
      device: devices.find((device) => device.seat === seat.id),
      session: sessions.find((session) => session.seat === seat.id && session.state !== 'ended'),
    }));
}
