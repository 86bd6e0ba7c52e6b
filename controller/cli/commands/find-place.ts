import { type Room, room, type Seat, seat } from '@homeroom/protocol';
import type { ApiClient } from '../api-client.ts';
import { pickRecord } from './pick-record.ts';

/** @returns the room of that name or id @throws CliFault */
export async function findRoom(api: ApiClient, nameOrId: string): Promise<Room> {
  return pickRecord(await api.list('/rooms', room), nameOrId, { kind: 'room' });
}

/** @param nameOrId `Seat 2` where one seat alone has that name, else `Room 1/Seat 2` @throws CliFault */
export async function findSeat(api: ApiClient, nameOrId: string): Promise<Seat> {
  const [rooms, seats] = await Promise.all([api.list('/rooms', room), api.list('/seats', seat)]);
  const names = new Map(rooms.map(({ id, name }) => [id, name]));
  const longName = (record: Seat) => `${names.get(record.room) ?? record.room}/${record.name}`;
  return pickRecord(seats, nameOrId, { kind: 'seat', longName });
}
