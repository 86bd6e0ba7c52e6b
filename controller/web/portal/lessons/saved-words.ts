import type { Lesson } from '@homeroom/protocol';

/** @returns what is told once a lesson is saved: that it is, and what its maker should know */
export function savedWords(saved: Pick<Lesson, 'remarks'>, isNew: boolean): string {
  const done = isNew ? 'The lesson stands in the timetable.' : 'The lesson is changed.';
  return [done, ...(saved.remarks ?? [])].join(' ');
}
