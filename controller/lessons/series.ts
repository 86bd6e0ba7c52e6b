import {
  type CreateSeriesRequest,
  HomeroomError,
  type LessonSeries,
  type PatchSeriesRequest,
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
} from './lesson-content.ts';
import { recordRule } from './record-rule.ts';
import { isTimeZone } from './rhythm.ts';
import { schoolTimeZone } from './school.ts';

const rhythmColumns = 'weekday, starts, ends, every_weeks, first_day, last_day, time_zone';

/** The columns of `lesson_series s` as the fields of a series. */
export const seriesFields = `
  s.id, s.created_at as "createdAt", ${contentFields('s')}, s.weekday, to_char(s.starts, 'HH24:MI') as starts,
  to_char(s.ends, 'HH24:MI') as ends, s.every_weeks as "everyWeeks", s.first_day::text as "firstDay",
  s.last_day::text as "lastDay", s.time_zone as "timeZone"`;

const selectSql = `select ${seriesFields}, s.created_at from lesson_series s`;

const insertSql = `
insert into lesson_series (${contentColumns.join(', ')}, ${rhythmColumns})
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning id`;

const updateSql = `
update lesson_series set (${contentColumns.join(', ')}, ${rhythmColumns}, look_again_at) =
  row($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, now())
where id = $1`;

type Row = Omit<LessonSeries, 'createdAt'> & { readonly created_at: Date; readonly createdAt: Date };

/** What repeats by weeks; its lessons are made from it some weeks ahead. */
export class SeriesOfLessons {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @param teacher leaves out what is in rooms of others than this teacher; nothing when null */
  page(page: PageRequest, teacher: string | null = null): Promise<Page<LessonSeries>> {
    const sql = `${selectSql} where s.room_id is null or ${isRoomOf('$1', 's.room_id')}`;
    return readPage<Row, LessonSeries>(this.#db, { sql, values: [teacher], page, toItem: toSeries });
  }

  /** @returns undefined when there is no such series */
  async get(id: string): Promise<LessonSeries | undefined> {
    return isUuid(id) ? await read(this.#db, id) : undefined;
  }

  /** @throws request_invalid, lesson_too_large, template_unknown, not_found (its group or room) */
  async create(request: CreateSeriesRequest, actor: Actor): Promise<LessonSeries> {
    const timeZone = request.timeZone ?? (await schoolTimeZone(this.#db));
    const wanted = { ...request, timeZone };
    check(wanted);
    return await this.#write(async (tx) => {
      await checkSeats(tx, wanted);
      const [row] = await tx.query<{ id: string }>(insertSql, valuesOf(wanted));
      const id = row?.id ?? '';
      await recordRule(tx, { action: 'lesson-series.create', subject: id, actor, after: wanted });
      return id;
    });
  }

  /** Lessons to come change with it, but those that were changed by hand. @throws not_found, request_invalid, lesson_too_large, template_unknown */
  async change(id: string, patch: PatchSeriesRequest, actor: Actor): Promise<LessonSeries> {
    return await this.#write(async (tx) => {
      if (isUuid(id)) await tx.query('select from lesson_series where id = $1 for update', [id]);
      const before = isUuid(id) ? await read(tx, id) : undefined;
      if (!before) throw new HomeroomError('not_found');
      const wanted = { ...before, ...patch };
      check(wanted);
      if (wanted.seats !== before.seats || wanted.template !== before.template) await checkSeats(tx, wanted);
      await tx.query(updateSql, [id, ...valuesOf(wanted)]);
      const told = differenceOf(before, wanted);
      await recordRule(tx, { action: 'lesson-series.change', subject: id, actor, ...told });
      return id;
    });
  }

  /** Remove a series and its lessons; sessions of one that runs go on. @throws not_found */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const sql = 'delete from lesson_series where id = $1 returning name';
      const [gone] = isUuid(id) ? await tx.query<{ name: string }>(sql, [id]) : [];
      if (!gone) throw new HomeroomError('not_found');
      await recordRule(tx, { action: 'lesson-series.remove', subject: id, actor, before: gone });
    });
    this.#changes.announce({ kind: 'lesson', id });
  }

  async #write(write: (tx: Queryable) => Promise<string>): Promise<LessonSeries> {
    try {
      const series = await this.#db.transaction(async (tx) => {
        const made = await read(tx, await write(tx));
        if (!made) throw new HomeroomError('not_found');
        return made;
      });
      this.#changes.announce({ kind: 'lesson', id: series.id });
      return series;
    } catch (caught) {
      throw explainLessonViolation(caught);
    }
  }
}

type Wanted = Omit<LessonSeries, 'id' | 'createdAt'>;

function check(wanted: Wanted): void {
  checkContent(wanted);
  if (wanted.ends <= wanted.starts) {
    throw new HomeroomError('request_invalid', 'ends: a lesson ends after it begins, on the same day');
  }
  if (wanted.lastDay < wanted.firstDay) {
    throw new HomeroomError('request_invalid', 'lastDay: a series ends after it begins');
  }
  if (!isTimeZone(wanted.timeZone)) {
    throw new HomeroomError('request_invalid', `timeZone: there is no time zone ${wanted.timeZone}`);
  }
}

function valuesOf(wanted: Wanted): unknown[] {
  const { weekday, starts, ends, everyWeeks, firstDay, lastDay, timeZone } = wanted;
  return [...contentValues(wanted), weekday, starts, ends, everyWeeks, firstDay, lastDay, timeZone];
}

async function read(db: Queryable, id: string): Promise<LessonSeries | undefined> {
  const [row] = await db.query<Row>(`${selectSql} where s.id = $1`, [id]);
  return row && toSeries(row);
}

function toSeries({ created_at: at, ...row }: Row): LessonSeries {
  return { ...row, createdAt: at.toISOString() };
}
