/**
 * What a teacher does to the screens of a room at once: lock, open a page, mute. All of it is desired state, so a device
 * that is away follows when it is back; the devices are told by the reconciler of desired documents.
 */
import type { LockRoomRequest, MuteRoomRequest, OpenPageRequest, SeatOutcomes } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { type ChosenSeat, chosenSeats } from './chosen-seats.ts';
import { seatOutcome } from './seat-outcome.ts';

export interface RoomControlsOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
}

const lockSql = `
insert into seat_locks (seat_id, locked_by, expires_at)
select seat, $2, now() + make_interval(secs => $3) from unnest($1::uuid[]) seat
on conflict (seat_id) do update
  set locked_by = excluded.locked_by, expires_at = excluded.expires_at, created_at = excluded.created_at`;
const unlockSeatsSql = 'delete from seat_locks where seat_id = any($1::uuid[])';
// Whoever unlocks a room means every lock in it, also one that was set for a single device.
const unlockDevicesSql =
  'update devices set desired_lock = false where seat_id = any($1::uuid[]) and desired_lock';
const openSql = 'update devices set desired_page = $2 where seat_id = any($1::uuid[])';
const muteSql = 'update devices set desired_muted = $2 where seat_id = any($1::uuid[])';

/** Something done to seats in one transaction. */
interface Deed {
  readonly room: string;
  readonly seats: readonly string[] | undefined;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
}

/** Locks, pages and sound of a room's seats. */
export class RoomControls {
  readonly #options: RoomControlsOptions;

  constructor(options: RoomControlsOptions) {
    this.#options = options;
  }

  /**
   * Lock seats for a time, or unlock them. A lock again only moves its end.
   *
   * @throws not_found, seat_unknown, database_unavailable
   */
  lock(room: string, { on, seats, forS }: LockRoomRequest, actor: Actor): Promise<SeatOutcomes> {
    const details = on ? { forS } : {};
    return this.#do(
      { room, seats, action: on ? 'room.lock' : 'room.unlock', details, actor },
      async (tx, ids) => {
        if (on) return await tx.query(lockSql, [ids, actor.userId, forS]);
        await tx.query(unlockSeatsSql, [ids]);
        return await tx.query(unlockDevicesSql, [ids]);
      },
    );
  }

  /** Show a page at seats, or end that. @throws not_found, seat_unknown, database_unavailable */
  open(room: string, { url, seats }: OpenPageRequest, actor: Actor): Promise<SeatOutcomes> {
    const action = url === null ? 'room.close-page' : 'room.open-page';
    return this.#do({ room, seats, action, details: url === null ? {} : { url }, actor }, (tx, ids) =>
      tx.query(openSql, [ids, url]),
    );
  }

  /** Mute the sound of seats, or let it be heard. @throws not_found, seat_unknown, database_unavailable */
  mute(room: string, { on, seats }: MuteRoomRequest, actor: Actor): Promise<SeatOutcomes> {
    const action = on ? 'room.mute' : 'room.unmute';
    return this.#do({ room, seats, action, details: {}, actor }, (tx, ids) => tx.query(muteSql, [ids, on]));
  }

  async #do(deed: Deed, write: (tx: Queryable, seats: string[]) => Promise<unknown>): Promise<SeatOutcomes> {
    const { room, seats, action, details, actor } = deed;
    const { db, changes } = this.#options;
    const chosen = await db.transaction(async (tx) => {
      const rows = await chosenSeats(tx, room, seats);
      await write(
        tx,
        rows.map(({ seat }) => seat),
      );
      await record(tx, {
        actor: { id: actor.userId, username: actor.username },
        action,
        subject: room,
        // All of the room, unless some seats are named.
        details: { ...details, ...(seats && { seats }) },
        address: actor.address,
      });
      return rows;
    });
    tellSeats(changes, chosen);
    return { seats: chosen.map(seatOutcome) };
  }
}

/** Have seats and their devices looked at again. */
export function tellSeats(
  changes: Pick<Changes, 'announce'>,
  seats: readonly Pick<ChosenSeat, 'seat' | 'device'>[],
): void {
  for (const { seat, device } of seats) {
    changes.announce({ kind: 'seat', id: seat });
    if (device !== null) changes.announce({ kind: 'device', id: device });
  }
}
