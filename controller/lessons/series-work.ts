/** Makes the lessons of series some weeks ahead, and has those to come be as their series are. */
import type { Queryable } from '../store/database.ts';
import { holidaysWithin } from './holidays.ts';
import { contentColumns } from './lesson-content.ts';
import { addDays, dayOf, type Occurrence, occurrencesOf, type Rhythm } from './rhythm.ts';
import { seriesFields } from './series.ts';

/** Lessons are made so far ahead. */
export const aheadDays = 28;
/** With each day one more day is ahead; and clocks of other machines, and lost wake-ups. */
const lookAgainS = 3600;

/** One process at a time works on a series; what others hold is theirs. */
const dueSql = `
select ${seriesFields}, now() as now from lesson_series s where s.look_again_at <= now()
order by s.look_again_at limit 1 for update of s skip locked`;

const content = contentColumns.map((column) => `s.${column}`).join(', ');
const same = contentColumns
  .map((column) => `lessons.${column} is not distinct from excluded.${column}`)
  .join(' and ');
const taken = contentColumns.map((column) => `${column} = excluded.${column}`).join(', ');

/** A lesson that has begun, or was changed by a person, stays as it is. */
const makeSql = `
insert into lessons (${contentColumns.join(', ')}, source, series_id, series_day, starts_at, ends_at)
select ${content}, 'series', s.id, o.day, o.starts_at, o.ends_at
from lesson_series s, unnest($2::date[], $3::timestamptz[], $4::timestamptz[]) o (day, starts_at, ends_at)
where s.id = $1 and o.ends_at > now()
on conflict (series_id, series_day) where series_id is not null do update
set ${taken}, starts_at = excluded.starts_at, ends_at = excluded.ends_at
where lessons.edited_at is null and lessons.starts_at > now()
  and not (${same} and lessons.starts_at = excluded.starts_at and lessons.ends_at = excluded.ends_at)
returning id`;

const removeSql = `
delete from lessons
where series_id = $1 and starts_at > now() and edited_at is null and not (series_day = any($2::date[]))
returning id`;

const restSql = `update lesson_series set look_again_at = now() + interval '${lookAgainS} seconds' where id = $1`;

type DueRow = Rhythm & { readonly id: string; readonly template: string; readonly now: Date };

/**
 * Bring the lessons of one series that is due up to date.
 *
 * @param tx the transaction that holds the series
 * @returns the lessons that changed and their template; undefined when no series is due
 */
export async function lookAtSeries(
  tx: Queryable,
): Promise<{ lessons: string[]; template: string } | undefined> {
  const [series] = await tx.query<DueRow>(dueSql);
  if (!series) return undefined;
  const planned = await plan(tx, series);
  const days = planned.map(({ day }) => day);
  const made = await tx.query<{ id: string }>(makeSql, [
    series.id,
    days,
    planned.map(({ startsAt }) => startsAt),
    planned.map(({ endsAt }) => endsAt),
  ]);
  const removed = await tx.query<{ id: string }>(removeSql, [series.id, days]);
  await tx.query(restSql, [series.id]);
  return { lessons: [...made, ...removed].map(({ id }) => id), template: series.template };
}

async function plan(tx: Queryable, series: DueRow): Promise<Occurrence[]> {
  const firstDay = dayOf(series.now, series.timeZone);
  const span = { firstDay, lastDay: addDays(firstDay, aheadDays) };
  return occurrencesOf(series, span, await holidaysWithin(tx, span));
}
