/** What a start of a class is made of: the room's seats, and who is to sit there. */
import { HomeroomError, type StartClassRequest } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { isUuid } from '../store/uuid.ts';
import { assignSeats, type Member } from './assign-seats.ts';

export interface Student extends Member {
  readonly username: string;
}

export interface RosterSeat {
  readonly id: string;
  readonly name: string;
  readonly device: string | null;
  /** Who is to sit there; null where whoever signs in does. */
  readonly student: Student | null;
}

export interface Roster {
  readonly room: string;
  readonly lesson: string | null;
  readonly template: string;
  readonly group: string | null;
  /** Those that are started. */
  readonly seats: readonly RosterSeat[];
  readonly withoutSeat: readonly Student[];
  /** From seat to member, of the whole room. */
  readonly places: ReadonlyMap<string, Student>;
}

interface LessonRow {
  readonly room_id: string | null;
  readonly group_id: string | null;
  readonly template_id: string;
  readonly is_over: boolean;
}

const lessonSql = `
select room_id, group_id, template_id, cancelled_at is not null or ends_at <= now() as is_over from lessons where id = $1`;

const seatsSql = `
select s.id, s.name, d.id as device from seats s left join devices d on d.seat_id = s.id and d.revoked_at is null
where s.room_id = $1 order by length(s.name), s.name`;

const membersSql = `
select u.id, u.username, u.display_name as "displayName" from group_members m join users u on u.id = m.user_id
where m.group_id = $1 and u.role = 'student' and u.disabled_at is null`;

const planSql = `select seat_id, user_id from seatings where room_id = $1 and group_id = $2 order by seat_id`;

const lastSeatsSql = `
select distinct on (x.user_id) x.user_id, x.seat_id
from group_members m join sessions x on x.user_id = m.user_id join seats s on s.id = x.seat_id
where m.group_id = $2 and s.room_id = $1 order by x.user_id, x.created_at desc`;

type Choice = Pick<StartClassRequest, 'lesson' | 'template' | 'group' | 'seats'>;
type Target = Pick<Roster, 'lesson' | 'template' | 'group'>;

/**
 * Find out who would sit where.
 *
 * @throws not_found (the lesson or the group), template_unknown, seat_unknown (of another room), request_invalid
 *   when the lesson is another room's or over, or the room has no device
 */
export async function readRoster(db: Queryable, room: string, choice: Choice): Promise<Roster> {
  const target = await readTarget(db, room, choice);
  await requireTemplate(db, target.template);
  const all = await db.query<Omit<RosterSeat, 'student'>>(seatsSql, [room]);
  const { places, withoutSeat } = await seat(db, room, target.group, all);
  const chosen = chooseSeats(all, choice.seats, places);
  const seats = chosen.map((each) => ({ ...each, student: places.get(each.id) ?? null }));
  return { room, ...target, seats, withoutSeat, places };
}

/**
 * @param asked all of the room when absent, but those without a device where nobody is to sit
 * @throws seat_unknown, request_invalid when there is none
 */
export function chooseSeats<S extends { readonly id: string; readonly device: string | null }>(
  all: readonly S[],
  asked: readonly string[] | undefined,
  places: ReadonlyMap<string, unknown> = new Map(),
): S[] {
  const ids = new Set(asked);
  const known = new Set(all.map(({ id }) => id));
  if ([...ids].some((id) => !known.has(id))) throw new HomeroomError('seat_unknown');
  const chosen = all.filter(({ id, device }) => (asked ? ids.has(id) : device !== null || places.has(id)));
  if (chosen.length === 0) throw new HomeroomError('request_invalid', 'The room has no seat with a device.');
  return chosen;
}

/** @returns every seat of a room */
export function readSeats(db: Queryable, room: string): Promise<Omit<RosterSeat, 'student'>[]> {
  return db.query(seatsSql, [room]);
}

async function readTarget(db: Queryable, room: string, choice: Choice): Promise<Target> {
  const { lesson, template, group } = choice;
  if (lesson === null) {
    if (group !== null) await requireGroup(db, group);
    return { lesson, template: template ?? '', group };
  }
  const [row] = isUuid(lesson) ? await db.query<LessonRow>(lessonSql, [lesson]) : [];
  if (!row) throw new HomeroomError('not_found', 'There is no such lesson.');
  if (row.room_id !== null && row.room_id !== room) {
    throw new HomeroomError('request_invalid', 'lesson: it takes place in another room');
  }
  if (row.is_over) throw new HomeroomError('request_invalid', 'lesson: it is over, or was cancelled');
  return { lesson, template: row.template_id, group: row.group_id };
}

async function requireTemplate(db: Queryable, id: string): Promise<void> {
  const sql = 'select from templates where id = $1 and withdrawn_at is null';
  if ((await db.query(sql, [id])).length === 0) throw new HomeroomError('template_unknown');
}

async function requireGroup(db: Queryable, id: string): Promise<void> {
  const rows = isUuid(id) ? await db.query('select from groups where id = $1', [id]) : [];
  if (rows.length === 0) throw new HomeroomError('not_found', 'There is no such group.');
}

async function seat(
  db: Queryable,
  room: string,
  group: string | null,
  all: readonly Omit<RosterSeat, 'student'>[],
): Promise<ReturnType<typeof assignSeats<Student>>> {
  if (group === null) return { places: new Map(), withoutSeat: [] };
  const members = await db.query<Student>(membersSql, [group]);
  const plan = await db.query<{ seat_id: string; user_id: string }>(planSql, [room, group]);
  const last = await db.query<{ seat_id: string; user_id: string }>(lastSeatsSql, [room, group]);
  return assignSeats({
    seats: all.map(({ id, device }) => ({ id, hasDevice: device !== null })),
    members,
    plan: new Map(plan.map((row) => [row.seat_id, row.user_id])),
    lastSeats: new Map(last.map((row) => [row.user_id, row.seat_id])),
  });
}
