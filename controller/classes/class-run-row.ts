import type { ClassRun, ClassRunSeat, ClassStep } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import type { ClassKind } from './class-steps.ts';

interface RunRow {
  readonly id: string;
  readonly room_id: string;
  readonly kind: ClassKind;
  readonly lesson_id: string | null;
  readonly template_id: string | null;
  readonly group_id: string | null;
  readonly state: ClassRun['state'];
  readonly started_by: string | null;
  readonly warn_until: Date | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

interface SeatRow {
  readonly seat_id: string;
  readonly seat_name: string;
  readonly user_id: string | null;
  readonly username: string | null;
  readonly display_name: string | null;
  readonly session_id: string | null;
  readonly step: ClassStep;
  readonly state: ClassRunSeat['state'];
  readonly step_since: Date;
  readonly deadline_at: Date | null;
  readonly reason: string | null;
  readonly retries: number;
  readonly finished_at: Date | null;
}

const runColumns = `
  r.id, r.room_id, r.kind, r.lesson_id, r.template_id, r.group_id, r.state, r.started_by, r.warn_until, r.created_at, r.ended_at`;

const byIdSql = `select ${runColumns} from class_runs r where r.id = $1`;

/** The one that runs is always the last: a room has one at most. */
const latestSql = `select ${runColumns} from class_runs r where r.room_id = $1 order by r.created_at desc limit 1`;

const seatsSql = `
select c.seat_id, s.name as seat_name, c.user_id, u.username, u.display_name, c.session_id, c.step, c.state, c.step_since,
  c.deadline_at, c.reason, c.retries, c.finished_at
from class_run_seats c join seats s on s.id = c.seat_id left join users u on u.id = c.user_id
where c.run_id = $1 order by length(s.name), s.name`;

/** @returns the run with its seats; undefined when there is none with this id */
export async function readRun(db: Queryable, id: string): Promise<ClassRun | undefined> {
  const [row] = await db.query<RunRow>(byIdSql, [id]);
  return row && (await withSeats(db, row));
}

/** @returns the run of a room that began last, whether it is over or not; undefined before the first */
export async function readLatestRun(db: Queryable, roomId: string): Promise<ClassRun | undefined> {
  const [row] = await db.query<RunRow>(latestSql, [roomId]);
  return row && (await withSeats(db, row));
}

async function withSeats(db: Queryable, row: RunRow): Promise<ClassRun> {
  const seats = await db.query<SeatRow>(seatsSql, [row.id]);
  return {
    id: row.id,
    room: row.room_id,
    kind: row.kind,
    lesson: row.lesson_id,
    template: row.template_id,
    group: row.group_id,
    state: row.state,
    startedBy: row.started_by,
    startedAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    warnUntil: row.warn_until?.toISOString() ?? null,
    seats: seats.map(toSeat),
  };
}

function toSeat(row: SeatRow): ClassRunSeat {
  const { user_id: id, username, display_name: displayName } = row;
  const isKnown = id !== null && username !== null && displayName !== null;
  return {
    seat: row.seat_id,
    seatName: row.seat_name,
    student: isKnown ? { id, username, displayName } : null,
    session: row.session_id,
    step: row.step,
    state: row.state,
    stepSince: row.step_since.toISOString(),
    deadlineAt: row.state === 'now' ? (row.deadline_at?.toISOString() ?? null) : null,
    reason: row.reason,
    retries: row.retries,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
