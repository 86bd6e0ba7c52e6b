import { HomeroomError } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { isUuid } from '../store/uuid.ts';

/** Where a new device is to be put: a seat, the first free seat of a room, or nowhere. */
export type Place = { readonly seat: string } | { readonly room: string } | undefined;

/**
 * Put a device on a seat. With a room, on its first free one, or on a new `Seat <n>` when none is free; a
 * device that has a seat in that room keeps it.
 *
 * @param tx a transaction: the room is locked until its end, so that two devices never get one seat
 * @returns the seat, or null when the device was put nowhere
 * @throws seat_unknown, conflict when the seat has another device
 */
export async function placeDevice(tx: Queryable, device: string, place: Place): Promise<string | null> {
  if (!place) return null;
  if ('seat' in place) return takeSeat(tx, device, place.seat);
  const [room] = await tx.query<{ id: string }>('select id from rooms where id = $1 for update', [
    place.room,
  ]);
  if (!room) return null;
  const seat =
    (await ownSeat(tx, device, room.id)) ?? (await freeSeat(tx, room.id)) ?? (await newSeat(tx, room.id));
  return takeSeat(tx, device, seat);
}

async function takeSeat(tx: Queryable, device: string, seat: string): Promise<string> {
  if (!isUuid(seat)) throw new HomeroomError('seat_unknown');
  const [found] = await tx.query<{ holder: string | null }>(
    `select d.id as holder from seats s left join devices d on d.seat_id = s.id where s.id = $1 for update of s`,
    [seat],
  );
  if (!found) throw new HomeroomError('seat_unknown');
  if (found.holder !== null && found.holder !== device)
    throw new HomeroomError('conflict', `The device ${found.holder} is on that seat; move it away first.`);
  await tx.query('update devices set seat_id = $2 where id = $1', [device, seat]);
  return seat;
}

async function ownSeat(tx: Queryable, device: string, room: string): Promise<string | undefined> {
  const sql =
    'select s.id from seats s join devices d on d.seat_id = s.id where s.room_id = $1 and d.id = $2';
  const [seat] = await tx.query<{ id: string }>(sql, [room, device]);
  return seat?.id;
}

async function freeSeat(tx: Queryable, room: string): Promise<string | undefined> {
  const [seat] = await tx.query<{ id: string }>(
    `select s.id from seats s left join devices d on d.seat_id = s.id
     where s.room_id = $1 and d.id is null order by length(s.name), s.name limit 1`,
    [room],
  );
  return seat?.id;
}

async function newSeat(tx: Queryable, room: string): Promise<string> {
  const [seat] = await tx.query<{ id: string }>(
    `insert into seats (room_id, name)
     select $1, 'Seat ' || min(n) from generate_series(1, (select count(*) + 1 from seats where room_id = $1)) n
     where not exists (select from seats where room_id = $1 and name = 'Seat ' || n)
     returning id`,
    [room],
  );
  if (!seat) throw new HomeroomError('internal', 'the new seat was not returned');
  return seat.id;
}
