import type { Queryable } from '../store/database.ts';

/** What stands beside a lesson that was just made or changed. */
export interface LessonSurroundings {
  readonly isOver: boolean;
  readonly template: string;
  /** Desktops that it needs, and that lessons of the same template at the same time need beside it. */
  readonly need: number;
  readonly needBeside: number;
  /** The most that its pool may have; null where it has none. */
  readonly maximum: number | null;
  /** Names of lessons at the same time with the same group or in the same room. */
  readonly clashes: readonly string[];
}

const surroundingsSql = `
select l.ends_at <= now() as "isOver", t.name as template, lesson_need(l) as need, p.maximum,
  coalesce((
    select sum(lesson_need(o)) from lessons o
    where o.id <> l.id and o.template_id = l.template_id and o.cancelled_at is null
      and o.starts_at < l.ends_at and o.ends_at > l.starts_at), 0)::integer as "needBeside",
  array(
    select o.name from lessons o
    where o.id <> l.id and o.cancelled_at is null and o.starts_at < l.ends_at and o.ends_at > l.starts_at
      and (o.group_id = l.group_id or o.room_id = l.room_id)
    order by o.starts_at, o.id limit 3) as clashes
from lessons l join templates t on t.id = l.template_id left join pools p on p.template_id = l.template_id
where l.id = $1 and l.cancelled_at is null`;

/** @returns what a person should know of a lesson that is taken all the same, a sentence each */
export async function readLessonRemarks(db: Queryable, id: string): Promise<string[]> {
  const [row] = await db.query<LessonSurroundings>(surroundingsSql, [id]);
  return row ? lessonRemarks(row) : [];
}

/** {@link readLessonRemarks}, of what was read. Pure. */
export function lessonRemarks(lesson: LessonSurroundings): string[] {
  const { isOver, template, need, needBeside, maximum, clashes } = lesson;
  if (isOver) return ['It is over already: nothing is made for it.'];
  const remarks = clashes.map(
    (name) => `“${name}” is at the same time, for the same group or in the same room.`,
  );
  if (maximum === null) return remarks;
  if (need > maximum) {
    remarks.push(`It needs ${need} desktops, and ${template} may have ${maximum} at most: change its pool.`);
  } else if (need + needBeside > maximum) {
    const all = need + needBeside;
    remarks.push(
      `With other lessons at that time ${all} desktops are needed, and ${template} may have ${maximum} at most: change its pool.`,
    );
  }
  return remarks;
}
