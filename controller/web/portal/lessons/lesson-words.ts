import type { Lesson, LessonImport } from '@homeroom/protocol';

/** @returns how it is with a lesson, in a word or two */
export function stateWords(
  { startsAt, endsAt, leadS, cancelledAt }: Pick<Lesson, 'startsAt' | 'endsAt' | 'leadS' | 'cancelledAt'>,
  nowMs: number,
): string {
  if (cancelledAt !== null) return 'cancelled';
  const startMs = Date.parse(startsAt);
  if (nowMs >= Date.parse(endsAt)) return 'over';
  if (nowMs >= startMs) return 'runs';
  return nowMs >= startMs - leadS * 1000 ? 'desktops are made ready' : 'to come';
}

/** @returns what an import did, or would do, as a sentence */
export function importWords(outcome: LessonImport): string {
  const { dryRun, created, changed, removed, unchanged, kept, leftOut } = outcome;
  const parts = [
    created > 0 && `${lessons(created)} ${dryRun ? 'would be made' : 'made'}`,
    changed > 0 && `${lessons(changed)} ${dryRun ? 'would be changed' : 'changed'}`,
    removed > 0 && `${lessons(removed)} ${dryRun ? 'would be removed' : 'removed'}`,
    unchanged > 0 && `${lessons(unchanged)} as before`,
    kept > 0 && `${lessons(kept)} kept as somebody changed them`,
    leftOut > 0 && `${leftOut} left out (holidays, cancelled, all day)`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'There is nothing to do.' : `${parts.join('; ')}.`;
}

function lessons(count: number): string {
  return count === 1 ? '1 lesson' : `${count} lessons`;
}
