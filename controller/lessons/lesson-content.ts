import { HomeroomError, type LessonSeries } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { isUuid } from '../store/uuid.ts';

/** What a lesson and a series of lessons share. */
export type LessonContent = Pick<
  LessonSeries,
  | 'name'
  | 'group'
  | 'room'
  | 'template'
  | 'moreTemplates'
  | 'seats'
  | 'leadS'
  | 'atEnd'
  | 'exam'
  | 'automatic'
>;

/** The columns of {@link LessonContent}, in the order of {@link contentValues}. */
export const contentColumns = [
  'name',
  'group_id',
  'room_id',
  'template_id',
  'more_templates',
  'seats',
  'lead_s',
  'at_end',
  'exam',
  'automatic',
] as const;

/** The columns of a relation, as the fields of {@link LessonContent}. */
export const contentFields = (relation: string) => `
  ${relation}.name, ${relation}.group_id as "group", ${relation}.room_id as room, ${relation}.template_id as template,
  ${relation}.more_templates as "moreTemplates", ${relation}.seats, ${relation}.lead_s as "leadS",
  ${relation}.at_end as "atEnd", ${relation}.exam, ${relation}.automatic`;

/** @returns the values of {@link contentColumns} */
export function contentValues(content: LessonContent): unknown[] {
  const { name, group, room, template, moreTemplates, seats, leadS, exam, automatic } = content;
  // What is written in an exam is collected when it is over: it cannot go on.
  const atEnd = exam ? 'end' : content.atEnd;
  return [name, group, room, template, moreTemplates, seats, leadS, atEnd, exam, automatic];
}

/** @throws request_invalid, not_found when its group or its room cannot be one */
export function checkContent({ group, room, exam, automatic }: LessonContent): void {
  for (const id of [group, room]) {
    if (id !== null && !isUuid(id)) throw new HomeroomError('not_found', 'there is no such group or room');
  }
  if (group === null && room === null) {
    throw new HomeroomError('request_invalid', 'group: a lesson needs a group or a room');
  }
  if (exam && group === null) throw new HomeroomError('request_invalid', 'group: an exam needs a group');
  if (automatic && room === null) {
    throw new HomeroomError('request_invalid', 'room: what starts by itself needs a room');
  }
}

const limitSql = `
select t.name, p.maximum from pools p join templates t on t.id = p.template_id where p.template_id = $1 and p.maximum < $2`;

/** @throws lesson_too_large when it asks for more desktops than its pool may ever have */
export async function checkSeats(
  db: Queryable,
  { seats, template }: Pick<LessonContent, 'seats' | 'template'>,
): Promise<void> {
  if (seats === null) return;
  const [pool] = await db.query<{ name: string; maximum: number }>(limitSql, [template, seats]);
  if (pool) throw new HomeroomError('lesson_too_large', tooLarge(seats, pool));
}

/** @returns the sentence for a lesson with more seats than its pool may have */
export function tooLarge(seats: number, { name, maximum }: { name: string; maximum: number }): string {
  return `It asks for ${seats} desktops, and ${name} may have ${maximum} at most.`;
}

/** @returns the error that a person understands for a constraint of lessons and series */
export function explainLessonViolation(caught: unknown): unknown {
  const constraint = violationOf(caught)?.constraint ?? '';
  if (constraint.endsWith('template_id_fkey')) {
    return new HomeroomError('template_unknown', undefined, { cause: caught });
  }
  if (constraint.endsWith('group_id_fkey')) {
    return new HomeroomError('not_found', 'there is no such group', { cause: caught });
  }
  if (constraint.endsWith('room_id_fkey')) {
    return new HomeroomError('not_found', 'there is no such room', { cause: caught });
  }
  return caught;
}
