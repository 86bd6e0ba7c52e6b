import type { Broadcast, ClassRun, Onlooker, Room, RoomWall, SeatPower } from '@homeroom/protocol';
import { isLockedColumn, messageColumn } from '../fleet/attention-columns.ts';
import {
  detailColumns,
  detailJoins,
  type SessionDetails,
  type SessionRow,
  sessionColumns,
  toSession,
} from '../sessions/session-row.ts';
import type { Database } from '../store/database.ts';
import { type WallRow, type WallSession, wallSeatOf } from './wall-seat-of.ts';

export interface RoomWallsOptions {
  readonly db: Database;
  readonly power: { ofRoom(roomId: string): Promise<readonly SeatPower[]> };
  readonly runs: { latestOf(roomId: string): Promise<ClassRun | undefined> };
  readonly broadcasts: { currentOf(roomId: string): Promise<Broadcast | undefined> };
  /** Who looks at sessions, by the session's id. */
  readonly onlookers: {
    ofSessions(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Onlooker[]>>;
  };
}

const seatsSql = `
select s.id, s.name, s.x, s.y, d.id as device, d.revoked_at, d.state, d.hdmi, d.cec, d.input, d.health, d.alerts,
  d.desired, d.reported, d.desired_page, d.desired_screen, ${isLockedColumn} as is_locked, ${messageColumn} as message
from seats s left join devices d on d.seat_id = s.id
where s.room_id = $1 order by s.created_at, s.id`;

const sessionsSql = `
select ${sessionColumns}, ${detailColumns}, u.display_name, t.name as template_name
from sessions s ${detailJoins}
where s.state <> 'ended' and s.seat_id in (select id from seats where room_id = $1)`;

type NamedSession = SessionRow &
  SessionDetails & { readonly display_name: string; readonly template_name: string };

/** A room as its teacher sees it: one question to each part that knows something of it, whatever the number of seats. */
export class RoomWalls {
  readonly #options: RoomWallsOptions;

  constructor(options: RoomWallsOptions) {
    this.#options = options;
  }

  /** @throws database_unavailable */
  async of(room: Room): Promise<RoomWall> {
    const { db, power, runs, broadcasts, onlookers } = this.#options;
    const roomId = room.id;
    const [rows, sessions, powers, run, broadcast] = await Promise.all([
      db.query<WallRow>(seatsSql, [roomId]),
      this.#sessionsIn(roomId),
      power.ofRoom(roomId),
      runs.latestOf(roomId),
      broadcasts.currentOf(roomId),
    ]);
    const watched = await onlookers.ofSessions([...sessions.values()].map(({ session }) => session.id));
    const powerOf = new Map(powers.map((each) => [each.seat, each]));
    const seats = rows.map((row) => {
      const session = sessions.get(row.id);
      return wallSeatOf(row, {
        session,
        power: powerOf.get(row.id),
        onlookers: (session && watched.get(session.session.id)) ?? [],
      });
    });
    return { room, seats, run: run ?? null, broadcast: broadcast ?? null };
  }

  /** @returns by seat */
  async #sessionsIn(roomId: string): Promise<Map<string, WallSession>> {
    const rows = await this.#options.db.query<NamedSession>(sessionsSql, [roomId]);
    return new Map(
      rows.map((row) => [
        row.seat_id ?? '',
        { session: toSession(row), displayName: row.display_name, templateName: row.template_name },
      ]),
    );
  }
}
