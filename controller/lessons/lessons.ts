import {
  type CreateLessonRequest,
  HomeroomError,
  type Lesson,
  type LessonQuery,
  type PatchLessonRequest,
} from '@homeroom/protocol';
import { isRoomOf } from '../fleet/room-access.ts';
import type { Actor } from '../store/actor.ts';
import { differenceOf } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import {
  checkContent,
  checkSeats,
  contentColumns,
  contentFields,
  contentValues,
  explainLessonViolation,
  type LessonContent,
} from './lesson-content.ts';
import { readLessonRemarks } from './lesson-remarks.ts';
import { recordRule } from './record-rule.ts';

const fields = `
  l.id, ${contentFields('l')}, l.starts_at as "startsAt", l.ends_at as "endsAt", l.source, l.series_id as series,
  lesson_need(l) as need, l.cancelled_at as "cancelledAt", l.closed_at as "closedAt"`;

/** In the order of the timetable: `created_at` is what pages go by. */
const listSql = `
select ${fields}, l.starts_at as created_at from lessons l
where ($1::timestamptz is null or l.ends_at > $1) and ($2::timestamptz is null or l.starts_at < $2)
  and ($3::uuid is null or l.group_id = $3) and ($4::uuid is null or l.room_id = $4)
  and ($5::uuid is null or exists (select from group_members m where m.group_id = l.group_id and m.user_id = $5))
  and (l.room_id is null or ${isRoomOf('$6', 'l.room_id')})`;

const getSql = `select ${fields} from lessons l where l.id = $1`;

const insertSql = `
insert into lessons (${contentColumns.join(', ')}, starts_at, ends_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`;

const updateSql = `
update lessons set (${contentColumns.join(', ')}) = row($2, $3, $4, $5, $6, $7, $8, $9, $10, $11),
  starts_at = $12, ends_at = $13,
  cancelled_at = case when $14 then coalesce(cancelled_at, now()) end, edited_at = now()
where id = $1`;

/** A coming end that has moved is told at once; sessions of a lesson that does not take place are nobody's but their own. */
const tellSessionsSql = `
update sessions s set sweep_at = now(), lesson_id = case when l.cancelled_at is null then s.lesson_id end
from lessons l where l.id = $1 and s.lesson_id = l.id and s.state <> 'ended'`;

type Row = Omit<Lesson, 'startsAt' | 'endsAt' | 'cancelledAt' | 'closedAt'> & {
  readonly created_at?: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly cancelledAt: Date | null;
  readonly closedAt: Date | null;
};

/** Whose lessons a list is limited to; no limit where it is null or absent. */
export interface LessonLimit {
  readonly member?: string | null;
  readonly teacher?: string | null;
}

/** The longest lesson: a day of projects, with some room. */
const longestMs = 24 * 3600_000;

/** The timetable as single lessons. */
export class Lessons {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * @param limit.member leaves out what is for groups that this person does not belong to
   * @param limit.teacher leaves out what is in rooms of others than this teacher
   * @returns a page of lessons, by the time at which they begin
   */
  page(query: LessonQuery, page: PageRequest, limit: LessonLimit = {}): Promise<Page<Lesson>> {
    const { from = null, to = null, group = null, room = null } = query;
    if ([group, room].some((id) => id !== null && !isUuid(id))) {
      return Promise.resolve({ items: [], next: null });
    }
    const { member = null, teacher = null } = limit;
    const values = [from, to, group, room, member, teacher];
    return readPage<Row, Lesson>(this.#db, { sql: listSql, values, page, toItem: toLesson });
  }

  /** @returns undefined when there is no such lesson */
  async get(id: string): Promise<Lesson | undefined> {
    return isUuid(id) ? await read(this.#db, id) : undefined;
  }

  /** @returns the lesson with what its maker should know of it */
  async withRemarks(lesson: Lesson): Promise<Lesson> {
    return { ...lesson, remarks: await readLessonRemarks(this.#db, lesson.id) };
  }

  /** @throws request_invalid, lesson_too_large, template_unknown, not_found (its group or room) */
  async create(request: CreateLessonRequest, actor: Actor): Promise<Lesson> {
    const { startsAt, endsAt } = request;
    check(request, request);
    return await this.#write(async (tx) => {
      await checkSeats(tx, request);
      const [row] = await tx.query<{ id: string }>(insertSql, [...contentValues(request), startsAt, endsAt]);
      const lesson = await require(tx, row?.id ?? '');
      await recordRule(tx, { action: 'lesson.create', subject: lesson.id, actor, after: request });
      return lesson;
    });
  }

  /**
   * Change one lesson by hand; its series and its import leave it as it is from then on.
   *
   * @throws not_found, request_invalid, lesson_too_large, template_unknown
   */
  async change(id: string, patch: PatchLessonRequest, actor: Actor): Promise<Lesson> {
    return await this.#write(async (tx) => {
      const before = await lock(tx, id);
      const { cancelled = before.cancelledAt !== null, ...told } = patch;
      const after = { ...before, ...told };
      check(after, after);
      // A maximum that was lowered since keeps nobody from changing the rest.
      if (after.seats !== before.seats || after.template !== before.template) await checkSeats(tx, after);
      await tx.query(updateSql, [id, ...contentValues(after), after.startsAt, after.endsAt, cancelled]);
      await tx.query(tellSessionsSql, [id]);
      const lesson = await require(tx, id);
      await recordRule(tx, { action: 'lesson.change', subject: id, actor, ...differenceOf(before, lesson) });
      this.#tellPool(before.template);
      return lesson;
    });
  }

  /** Remove a lesson; its sessions go on. One of a series comes again: cancel that one instead. @throws not_found */
  async remove(id: string, actor: Actor): Promise<void> {
    const { template } = await this.#db.transaction(async (tx) => {
      const lesson = await lock(tx, id);
      await tx.query('delete from lessons where id = $1', [id]);
      await recordRule(tx, { action: 'lesson.remove', subject: id, actor, before: lesson });
      return lesson;
    });
    this.#changes.announce({ kind: 'lesson', id });
    this.#tellPool(template);
  }

  async #write(write: (tx: Queryable) => Promise<Lesson>): Promise<Lesson> {
    try {
      const lesson = await this.#db.transaction(write);
      this.#changes.announce({ kind: 'lesson', id: lesson.id });
      this.#tellPool(lesson.template);
      return lesson;
    } catch (caught) {
      throw explainLessonViolation(caught);
    }
  }

  /** It may need more desktops at once, or fewer. */
  #tellPool(template: string): void {
    this.#db.afterCommit(() => this.#changes.announce({ kind: 'pool', id: template }));
  }
}

/** @throws request_invalid, not_found */
function check(content: LessonContent, times: { startsAt: string; endsAt: string }): void {
  checkContent(content);
  const lastsMs = Date.parse(times.endsAt) - Date.parse(times.startsAt);
  if (lastsMs <= 0) throw new HomeroomError('request_invalid', 'endsAt: a lesson ends after it begins');
  if (lastsMs > longestMs) throw new HomeroomError('request_invalid', 'endsAt: a lesson lasts a day at most');
}

async function lock(tx: Queryable, id: string): Promise<Lesson> {
  if (isUuid(id)) await tx.query('select from lessons where id = $1 for update', [id]);
  return await require(tx, id);
}

async function require(db: Queryable, id: string): Promise<Lesson> {
  const lesson = isUuid(id) ? await read(db, id) : undefined;
  if (!lesson) throw new HomeroomError('not_found');
  return lesson;
}

async function read(db: Queryable, id: string): Promise<Lesson | undefined> {
  const [row] = await db.query<Row>(getSql, [id]);
  return row && toLesson(row);
}

function toLesson({ created_at: _, ...row }: Row): Lesson {
  return {
    ...row,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}
