import type { ImportFault } from '../../accounts/import/import-fault.ts';
import type { Timetable } from './planned-lesson.ts';

/**
 * What is left of a file without what has a fault. Pure. Of a table that is each line by itself; of a calendar each
 * event with all its repetitions, so that none of them is taken for one that was not moved. What an earlier import made
 * of the faulty ones stays as it is.
 *
 * @param faults those of the names, too
 * @returns a timetable without faults; undefined when nothing of the file can be told apart
 */
export function rightPart(
  timetable: Timetable,
  faults: readonly ImportFault[],
  kind: 'ics' | 'csv',
): Timetable | undefined {
  const { entries, lessons } = timetable;
  if (entries.length === 0) return undefined;
  const lines = entries.map(({ line }) => line).toSorted((one, other) => one - other);
  const entryAt = (line: number) => (kind === 'csv' ? line : lines.findLast((begin) => begin <= line));
  const faultyLines = new Set(faults.map(({ line }) => entryAt(line)));
  const faultyUids = new Set(entries.filter(({ line }) => faultyLines.has(line)).map(({ uid }) => uid));
  const isRight = ({ line, uid }: { line: number; uid: string }): boolean =>
    kind === 'csv' ? !faultyLines.has(line) : !faultyUids.has(uid);
  return { ...timetable, entries: entries.filter(isRight), lessons: lessons.filter(isRight), faults: [] };
}
