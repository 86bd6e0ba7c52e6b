/** A whole timetable at once: all of it or nothing. Imported again, it changes what it made before. */
import type { LessonImport as Told } from '@homeroom/protocol';
import { type ImportFault, toldFaults } from '../../accounts/import/import-fault.ts';
import { isRoomOf } from '../../fleet/room-access.ts';
import type { Actor } from '../../store/actor.ts';
import type { Changes } from '../../store/changes.ts';
import type { Database, Queryable } from '../../store/database.ts';
import { isUuid } from '../../store/uuid.ts';
import { explainLessonViolation } from '../lesson-content.ts';
import { recordRule } from '../record-rule.ts';
import { schoolTimeZone } from '../school.ts';
import { lessonsOfCalendar } from './calendar-lessons.ts';
import {
  type ImportDefaults,
  type ImportedLesson,
  type ImportPlan,
  keyOf,
  type Names,
  planImport,
  resolveNames,
  type WantedLesson,
} from './import-plan.ts';
import { maxLessons, type Timetable } from './planned-lesson.ts';
import { rightPart } from './right-part.ts';
import { holidayTest, lessonsOfTable } from './table-lessons.ts';

export interface LessonImportRequest {
  readonly text: string;
  readonly defaults: ImportDefaults;
  readonly dryRun: boolean;
  /** Take what is right, and leave out what has a fault. */
  readonly skipFaults?: boolean;
  /** A teacher: rooms of others are as if they were not there, and their lessons stay; null for no limit. */
  readonly teacher: string | null;
}

/** Either everything that is wrong, or what was done (or would be). */
export type LessonImportOutcome =
  | { readonly kind: 'refused'; readonly faults: readonly ImportFault[] }
  | { readonly kind: 'done'; readonly answer: Told };

type Source = 'ics' | 'csv';

/** Two imports at once would make what they share twice. */
const lockSql = `select pg_advisory_xact_lock(hashtextextended('timetable import', 0))`;

const namesSql = `
select 'group' as kind, id::text, name from groups
union all select 'room', r.id::text, r.name from rooms r where ${isRoomOf('$1', 'r.id')}
union all select 'template', id, name from templates where withdrawn_at is null`;

const poolsSql = 'select t.id, t.name, p.maximum from pools p join templates t on t.id = p.template_id';

const existingSql = `
select id, import_uid as uid, external_id as "externalId", name, group_id as "group", room_id as room, template_id as template,
  seats, lead_s as "leadS", at_end as "atEnd", exam, automatic, starts_at as "startsAt", ends_at as "endsAt",
  edited_at is not null as "isEdited"
from lessons l where source = $1 and import_uid = any($2) and starts_at > now()
  and (room_id is null or ${isRoomOf('$3', 'l.room_id')})`;

const fromJson = `
jsonb_to_recordset($1) as x(id uuid, uid text, "externalId" text, name text, "group" uuid, room uuid, template text,
  seats integer, "leadS" integer, "atEnd" text, exam boolean, automatic boolean, "startsAt" timestamptz, "endsAt" timestamptz)`;

/** One that has begun is there already, and stays. */
const createSql = `
insert into lessons (source, import_uid, external_id, name, group_id, room_id, template_id, seats, lead_s, at_end, exam, automatic, starts_at, ends_at)
select $2, x.uid, x."externalId", x.name, x."group", x.room, x.template, x.seats, x."leadS", x."atEnd", x.exam, x.automatic, x."startsAt", x."endsAt"
from ${fromJson} on conflict (source, external_id) where external_id is not null do nothing`;

const changeSql = `
update lessons l set name = x.name, group_id = x."group", room_id = x.room, template_id = x.template, seats = x.seats,
  lead_s = x."leadS", at_end = x."atEnd", exam = x.exam, automatic = x.automatic, starts_at = x."startsAt", ends_at = x."endsAt", cancelled_at = null
from ${fromJson} where l.id = x.id`;

const removeSql = 'delete from lessons where id = any($1::uuid[])';

export class LessonImport {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @throws template_unknown, not_found when a default is none */
  async run(request: LessonImportRequest, actor: Actor): Promise<LessonImportOutcome> {
    const { text, dryRun, teacher, skipFaults = false } = request;
    const source: Source = /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text) ? 'ics' : 'csv';
    const timetable = await this.#read(text, source);
    const names = await readNames(this.#db, teacher);
    const defaults = checked(request.defaults);
    const found = [...timetable.faults, ...resolveNames(timetable.lessons, names, defaults).faults];
    const faults = [...found, ...tooMany(timetable)].toSorted((one, other) => one.line - other.line);
    const mayGoOn = faults.length === 0 || (skipFaults && tooMany(timetable).length === 0);
    const right = mayGoOn ? rightPart(timetable, faults, source) : undefined;
    if (!right && faults.length > 0) return { kind: 'refused', faults };
    const { wanted } = resolveNames(right?.lessons ?? [], names, defaults);
    const uids = (right?.entries ?? []).map(({ uid }) => uid);
    const plan = await this.#carryOut(wanted, { source, dryRun, actor, uids, teacher });
    if (!dryRun) this.#changes.announce({ kind: 'lesson', id: 'import' });
    return { kind: 'done', answer: { ...answerOf(plan, timetable, dryRun), faults: toldFaults(faults) } };
  }

  async #read(text: string, source: Source): Promise<Timetable> {
    const holidays = await this.#db.query<{ firstDay: string; lastDay: string }>(
      'select first_day::text as "firstDay", last_day::text as "lastDay" from holidays',
    );
    const timeZone = await schoolTimeZone(this.#db);
    const [row] = await this.#db.query<{ now: Date }>('select now() as now');
    const rules = { timeZone, now: row?.now ?? new Date(), isHoliday: holidayTest(holidays) };
    return source === 'ics' ? lessonsOfCalendar(text, rules) : lessonsOfTable(text, rules);
  }

  async #carryOut(
    wanted: readonly WantedLesson[],
    {
      source,
      dryRun,
      actor,
      uids,
      teacher,
    }: {
      source: Source;
      dryRun: boolean;
      actor: Actor;
      uids: readonly string[];
      teacher: string | null;
    },
  ): Promise<ImportPlan> {
    try {
      return await this.#db.transaction(async (tx) => {
        await tx.query(lockSql);
        const plan = planImport(wanted, await readExisting(tx, { source, uids, teacher }), Date.now());
        if (!dryRun) await write(tx, plan, source, actor);
        return plan;
      });
    } catch (caught) {
      throw explainLessonViolation(caught);
    }
  }
}

function checked({ group, room, template }: ImportDefaults): ImportDefaults {
  return { group: group && isUuid(group) ? group : null, room: room && isUuid(room) ? room : null, template };
}

function tooMany({ lessons }: Timetable): ImportFault[] {
  if (lessons.length <= maxLessons) return [];
  const message = `There are ${lessons.length} lessons with all repetitions; ${maxLessons} are taken at once.`;
  return [{ line: 1, column: null, message }];
}

async function readNames(db: Queryable, teacher: string | null): Promise<Names> {
  const rows = await db.query<{ kind: string; id: string; name: string }>(namesSql, [teacher]);
  const pools = await db.query<{ id: string; name: string; maximum: number }>(poolsSql);
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const byName = (kind: string) => of(kind).map(({ id, name }) => [keyOf(name), id] as const);
  return {
    groups: new Map(byName('group')),
    rooms: new Map(byName('room')),
    templates: new Map([...byName('template'), ...of('template').map(({ id }) => [keyOf(id), id] as const)]),
    pools: new Map(pools.map((pool) => [pool.id, pool])),
  };
}

async function readExisting(
  tx: Queryable,
  { source, uids, teacher }: { source: Source; uids: readonly string[]; teacher: string | null },
): Promise<ImportedLesson[]> {
  type Row = Omit<ImportedLesson, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date };
  const rows = await tx.query<Row>(existingSql, [source, [...new Set(uids)], teacher]);
  return rows.map((row) => ({
    ...row,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
  }));
}

async function write(tx: Queryable, plan: ImportPlan, source: Source, actor: Actor): Promise<void> {
  await tx.query(removeSql, [plan.remove]);
  await tx.query(changeSql, [JSON.stringify(plan.change)]);
  await tx.query(createSql, [JSON.stringify(plan.create), source]);
  const { create, change, remove } = plan;
  const after = { source, created: create.length, changed: change.length, removed: remove.length };
  await recordRule(tx, { action: 'lesson.import', subject: null, actor, after });
}

function answerOf(plan: ImportPlan, { leftOut }: Timetable, dryRun: boolean): Omit<Told, 'faults'> {
  const { create, change, remove, unchanged, kept } = plan;
  return {
    dryRun,
    created: create.length,
    changed: change.length,
    removed: remove.length,
    unchanged,
    kept,
    leftOut,
  };
}
