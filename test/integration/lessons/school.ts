/** A school with one class, its template and its lessons: what the tests here share. */
import type { Database } from '@homeroom/controller/store/database.ts';
import { templateId } from '../sessions/classroom.ts';

/** @returns the id of a new group with these members */
export async function makeGroup(db: Database, name: string, members: readonly string[]): Promise<string> {
  const [group] = await db.query<{ id: string }>(
    `with made as (insert into groups (name) values ($1) returning id), joined as (
       insert into group_members (group_id, user_id) select made.id, unnest($2::uuid[]) from made
     ) select id from made`,
    [name, members],
  );
  return group?.id ?? '';
}

export interface LessonTimes {
  /** Seconds from now; negative is before. */
  readonly startsInS: number;
  readonly endsInS: number;
}

/** @returns the id of a new lesson; further columns by name */
export async function makeLesson(
  db: Database,
  { startsInS, endsInS }: LessonTimes,
  columns: Readonly<Record<string, unknown>>,
): Promise<string> {
  const names = ['template_id', ...Object.keys(columns)];
  const places = names.map((_, index) => `$${index + 3}`);
  const [lesson] = await db.query<{ id: string }>(
    `insert into lessons (starts_at, ends_at, ${names.join(', ')})
     values (now() + make_interval(secs => $1), now() + make_interval(secs => $2), ${places.join(', ')}) returning id`,
    [startsInS, endsInS, templateId, ...Object.values(columns)],
  );
  return lesson?.id ?? '';
}

/** Put desktops there that stand ready. */
export async function stock(db: Database, count: number): Promise<void> {
  await db.query(
    `insert into desktops (template_id, provider, state, ready_at)
     select $1, 'simulated', 'ready', now() from generate_series(1, $2)`,
    [templateId, count],
  );
}
