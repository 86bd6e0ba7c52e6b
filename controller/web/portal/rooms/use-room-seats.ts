import type { Device, Seat, Session } from '@homeroom/protocol';
import type { ApiError } from '../../shared/api/api-error.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { joinSeats, type RoomSeat } from './join-seats.ts';

/** @returns the room's seats with device and session, live; undefined until all of it is known. */
export function useRoomSeats(room: string): { seats: RoomSeat[] | undefined; error: ApiError | undefined } {
  const seats = useResource<{ items: Seat[] }>(`seats?room=${room}`, { kinds: ['seat', 'session', 'room'] });
  const devices = useResource<{ items: Device[] }>(`devices?room=${room}`, {
    kinds: ['device', 'seat', 'credential', 'message'],
  });
  const sessions = useResource<{ items: Session[] }>('sessions?state=live', { kinds: ['session'] });
  const isKnown = seats.value && devices.value && sessions.value;
  return {
    seats: isKnown && joinSeats(seats.value.items, devices.value.items, sessions.value.items),
    error: seats.error ?? devices.error ?? sessions.error,
  };
}
