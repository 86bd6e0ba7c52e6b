/**
 * Starts and ends of classes, as people ask for them. Everything here is one transaction; the slow work is the class
 * reconciler's. A room has one run at a time, by a unique index.
 */
import {
  type ClassPreview,
  type ClassRun,
  HomeroomError,
  type StartClassRequest,
  type StopClassRequest,
} from '@homeroom/protocol';
import { announceSession } from '../sessions/session-changes.ts';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { isUuid } from '../store/uuid.ts';
import { previewClass } from './class-preview.ts';
import { chooseSeats, type Roster, readRoster, readSeats } from './class-roster.ts';
import { readLatestRun, readRun } from './class-run-row.ts';
import { firstStep, limitOf } from './class-steps.ts';
import { countDesktops } from './count-desktops.ts';
import { DesktopsShort } from './desktops-short.ts';
import type { ClassPowers } from './ports.ts';
import { refuseLateEnd } from './refuse-late-end.ts';
import { keepSeating } from './seatings.ts';
import { withdrawClaims } from './withdraw-claims.ts';

const insertStartSql = `
insert into class_runs (room_id, kind, lesson_id, template_id, group_id, started_by, started_by_id)
values ($1, 'start', $2, $3, $4, $5, $6) returning id`;

const insertEndSql = `
insert into class_runs (room_id, kind, lesson_id, warn_until, powers_off, started_by, started_by_id)
values ($1, 'end', $2, $3::timestamptz, $4, $5, $6) returning id`;

const insertSeatsSql = `
insert into class_run_seats (run_id, seat_id, user_id, step, deadline_at)
select $1, x.seat_id, x.user_id, $4, greatest(now(), $6::timestamptz) + make_interval(secs => $5)
from unnest($2::uuid[], $3::uuid[]) x (seat_id, user_id)`;

const cancelSql = `
with cancelled as (
  update class_runs r set state = 'cancelled', ended_at = now() where r.id = $1 and r.state = 'running' returning r.id
), seats as (
  update class_run_seats c set state = 'failed', reason = $2, finished_at = now(), lease = null
  from cancelled where c.run_id = cancelled.id and c.state = 'now' returning c.seat_id
), told as (
  update sessions s set class_ends_at = null, class_told_at = null, sweep_at = now()
  from seats where s.seat_id = seats.seat_id and s.state <> 'ended' and s.class_ends_at is not null
)
select id from cancelled`;

const retrySql = `
update class_run_seats c
set state = 'now', step = $3, step_since = now(), reason = null,
  deadline_at = greatest(now(), (select r.warn_until from class_runs r where r.id = c.run_id)) + make_interval(secs => $4),
  asked_at = null, retries = retries + 1, lease = null, look_again_at = now(), finished_at = null
where c.run_id = $1 and c.seat_id = $2 and c.state = 'failed' returning c.seat_id`;

const reopenSql = `update class_runs set state = 'running', ended_at = null where id = $1 and state <> 'running'`;

/** What the timetable asks for beside a person. */
export interface EndOfClass extends StopClassRequest {
  readonly lesson?: string | null;
  /** Instead of `warnS` from now. */
  readonly warnUntil?: Date;
}

/** Who is told as having begun a run; a null name is the timetable. */
export interface Starter {
  readonly actor: Actor;
  readonly name: string | null;
}

export interface ClassRunsOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  readonly powers: Pick<ClassPowers, 'ofRoom'>;
}

export class ClassRuns {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;
  readonly #powers: ClassRunsOptions['powers'];

  constructor({ db, changes, powers }: ClassRunsOptions) {
    this.#db = db;
    this.#changes = changes;
    this.#powers = powers;
  }

  /** @returns undefined when there is none with this id */
  async get(id: string): Promise<ClassRun | undefined> {
    return isUuid(id) ? await readRun(this.#db, id) : undefined;
  }

  /** @returns the run that goes on in a room, else the last one; undefined before the first */
  async latestOf(room: string): Promise<ClassRun | undefined> {
    return await readLatestRun(this.#db, room);
  }

  /** @returns what a start would do. @throws as `start`, but desktops_short */
  async preview(room: string, request: StartClassRequest): Promise<ClassPreview> {
    return await previewClass({ db: this.#db, powers: this.#powers }, room, request);
  }

  /**
   * Start a class. A seating that it makes is kept as the plan.
   *
   * @throws class_running, desktops_short (see {@link DesktopsShort}), template_unknown, seat_unknown, not_found,
   *   request_invalid
   */
  async start(room: string, request: StartClassRequest, by: Starter): Promise<ClassRun> {
    const roster = await readRoster(this.#db, room, request);
    const desktops = await countDesktops(this.#db, roster);
    if (desktops.possible < desktops.needed && !request.allowShortage) throw new DesktopsShort(desktops);
    const run = await this.#write(async (tx) => {
      const id = await this.#insertStart(tx, roster, by);
      const seats = roster.seats.map(({ id: seat, student }) => ({ seat, user: student?.id ?? null }));
      await insertSeats(tx, { run: id, kind: 'start', seats, from: null });
      if (roster.group !== null) await keepSeating(tx, { room, group: roster.group, places: roster.places });
      const details = { run: id, template: roster.template, lesson: roster.lesson, seats: seats.length };
      await audit(tx, { action: 'class.start', subject: room, details }, by.actor);
      return id;
    });
    this.#announce(run, roster.template);
    return run;
  }

  /**
   * End the class of a room. A start that still runs is cancelled.
   *
   * @throws class_running when the room is ended already, seat_unknown, request_invalid
   */
  async stop(room: string, request: EndOfClass, by: Starter): Promise<ClassRun> {
    const chosen = chooseSeats(await readSeats(this.#db, room), request.seats);
    const warnUntil = request.warnUntil ?? new Date(Date.now() + request.warnS * 1000);
    const run = await this.#write(async (tx) => {
      const running = await readLatestRun(tx, room);
      if (running?.state === 'running' && running.kind === 'start') {
        await this.#cancel(tx, running.id, 'The class was ended before the seat was ready.', by.actor);
      }
      const { lesson = null, powerOff } = request;
      const values = [room, lesson, warnUntil, powerOff, by.name, by.actor.userId];
      const [row] = await tx.query<{ id: string }>(insertEndSql, values);
      const id = row?.id ?? '';
      const seats = chosen.map((each) => ({ seat: each.id, user: null }));
      await insertSeats(tx, { run: id, kind: 'end', seats, from: warnUntil });
      const details = { run: id, lesson, seats: seats.length, warnUntil, powerOff };
      await audit(tx, { action: 'class.end', subject: room, details }, by.actor);
      return id;
    });
    this.#announce(run, null);
    return run;
  }

  /** Let the seats stay as they are now; who still waits for a desktop that a start asked for waits no longer. @throws class_not_running, not_found */
  async cancel(id: string, actor: Actor): Promise<ClassRun> {
    const run = await this.#write(async (tx) => {
      const isCancelled = await this.#cancel(tx, id, `${await nameOf(tx, actor)} cancelled it.`, actor);
      if (!isCancelled && (await readRun(tx, id))) throw new HomeroomError('class_not_running');
      await audit(tx, { action: 'class.cancel', subject: id }, actor);
      return id;
    });
    this.#announce(run, run.template);
    return run;
  }

  /**
   * Try a seat that failed again, from its first step. A start that is over goes on with it; an end does not.
   *
   * @throws class_seat_not_failed, class_not_running (an end), class_running when another run has begun in the room, not_found
   */
  async retry(id: string, seat: string, actor: Actor): Promise<ClassRun> {
    const run = await this.#write(async (tx) => {
      const found = await readRun(tx, id);
      if (!found?.seats.some((each) => each.seat === seat)) throw new HomeroomError('not_found');
      if (found.kind === 'end') await refuseLateEnd(tx, id, seat);
      const step = firstStep(found.kind);
      const again = await tx.query(retrySql, [id, seat, step, limitOf(found.kind, step)]);
      if (again.length === 0) throw new HomeroomError('class_seat_not_failed');
      await tx.query(reopenSql, [id]);
      await audit(tx, { action: 'class.retry', subject: id, details: { seat } }, actor);
      return id;
    });
    this.#announce(run, run.template);
    return run;
  }

  /** @returns whether it was running */
  async #cancel(tx: Queryable, id: string, reason: string, actor: Actor): Promise<boolean> {
    if ((await tx.query(cancelSql, [id, reason])).length === 0) return false;
    const withdrawn = await withdrawClaims(tx, id, actor);
    this.#db.afterCommit(() => {
      for (const session of withdrawn) announceSession(this.#changes, session);
    });
    return true;
  }

  async #insertStart(tx: Queryable, roster: Roster, { actor, name }: Starter): Promise<string> {
    const { room, lesson, template, group } = roster;
    const values = [room, lesson, template, group, name, actor.userId];
    const [row] = await tx.query<{ id: string }>(insertStartSql, values);
    return row?.id ?? '';
  }

  async #write(write: (tx: Queryable) => Promise<string>): Promise<ClassRun> {
    try {
      return await this.#db.transaction(async (tx) => {
        const run = await readRun(tx, await write(tx));
        if (!run) throw new HomeroomError('not_found');
        return run;
      });
    } catch (caught) {
      const isTaken = violationOf(caught)?.constraint?.startsWith('class_runs_') ?? false;
      throw isTaken ? new HomeroomError('class_running', undefined, { cause: caught }) : caught;
    }
  }

  #announce({ id, room }: ClassRun, template: string | null): void {
    this.#db.afterCommit(() => {
      this.#changes.announce({ kind: 'class-run', id });
      this.#changes.announce({ kind: 'room', id: room });
      if (template !== null) this.#changes.announce({ kind: 'pool', id: template });
    });
  }
}

/** As people are named elsewhere; who is not known here, as Homeroom itself, by the name that they act by. */
async function nameOf(tx: Queryable, { userId, username }: Actor): Promise<string> {
  const sql = 'select display_name as name from users where id = $1';
  const [row] = userId === null ? [] : await tx.query<{ name: string }>(sql, [userId]);
  return row?.name ?? username;
}

interface NewSeats {
  readonly run: string;
  readonly kind: 'start' | 'end';
  readonly seats: readonly { readonly seat: string; readonly user: string | null }[];
  /** When the time of the first step begins; null is now. */
  readonly from: Date | null;
}

async function insertSeats(tx: Queryable, { run, kind, seats, from }: NewSeats): Promise<void> {
  const step = firstStep(kind);
  const users = seats.map(({ user }) => user);
  await tx.query(insertSeatsSql, [
    run,
    seats.map(({ seat }) => seat),
    users,
    step,
    limitOf(kind, step),
    from,
  ]);
}

async function audit(
  tx: Queryable,
  entry: { action: string; subject: string; details?: Record<string, unknown> },
  { userId: id, username, address }: Actor,
): Promise<void> {
  await record(tx, { ...entry, actor: { id, username }, address });
}
