/**
 * Whose room it is, for routes. Teachers see and run what stands in their own rooms; anything else is as if it were
 * not there, so that nothing can be learnt by asking for it. Admins see all.
 */
import type { Device, ErrorCode, Room, Seat, Session } from '@homeroom/protocol';
import { hasRole } from './access.ts';
import type { Caller } from './caller.ts';
import { found, uuidOf } from './found.ts';
import type { Services } from './services.ts';

/** @returns whose rooms a list is limited to; null when it is not, for admins. Of routes for teachers and admins. */
export function teacherOf(caller: Caller): string | null {
  return hasRole(caller, 'admin') ? null : (caller.person?.user.id ?? '');
}

/** Finds what a path names, for a caller who may use it. */
export interface RoomGuard {
  /** @throws not_found when there is no such room, or it is not the caller's */
  roomOf(caller: Caller, id: string | undefined): Promise<Room>;
  /** @throws seat_unknown when there is no such seat, or it is in a room of others */
  seatOf(caller: Caller, id: string | undefined): Promise<Seat>;
  /** @throws device_unknown when there is no such device, or it is in a room of others, or (but for admins) in none */
  deviceOf(caller: Caller, id: string | undefined): Promise<Device>;
  /** @throws `code` unless the caller may use the room; null is no room, and everybody's */
  refuseForeignRoom(caller: Caller, room: string | null | undefined, code?: ErrorCode): Promise<void>;
  /** @returns whether the caller is an admin, or a teacher of the session's room; without a seat, any teacher */
  mayRunSession(caller: Caller, session: Pick<Session, 'seat'>): Promise<boolean>;
}

/** @returns the guard over these records */
export function roomGuard({
  roomAccess,
  rooms,
  devices,
}: Pick<Services, 'roomAccess' | 'rooms' | 'devices'>): RoomGuard {
  const mayUse = async ({ person }: Caller, room: string): Promise<boolean> =>
    person !== undefined && (await roomAccess.mayUse(person.user, room));
  return {
    roomOf: async (caller, id) => {
      const room = uuidOf(id);
      return found((await mayUse(caller, room)) ? await rooms.get(room) : undefined);
    },
    seatOf: async (caller, id) => {
      const seat = found(await rooms.seat(uuidOf(id, 'seat_unknown')), 'seat_unknown');
      return found((await mayUse(caller, seat.room)) ? seat : undefined, 'seat_unknown');
    },
    deviceOf: async (caller, id) => {
      const device = found(await devices.get(id ?? ''), 'device_unknown');
      const isOwn = device.room === null ? hasRole(caller, 'admin') : await mayUse(caller, device.room);
      return found(isOwn ? device : undefined, 'device_unknown');
    },
    refuseForeignRoom: async (caller, room, code = 'not_found') => {
      if (typeof room === 'string') found((await mayUse(caller, room)) || undefined, code);
    },
    mayRunSession: async (caller, { seat }) => {
      if (!caller.person || !hasRole(caller, 'teacher')) return false;
      return seat === null || (await roomAccess.mayUseSeat(caller.person.user, seat));
    },
  };
}
