import type { ExamCollection } from '@homeroom/protocol';

type Item = ExamCollection['items'][number];

/** @returns what was collected of one student, as a sentence */
export function collectionWords({
  state,
  reason,
  report,
}: Pick<Item, 'state' | 'reason' | 'report'>): string {
  if (state === 'failed') return `not collected. ${reason ?? ''}`.trim();
  if (!report) return reason === null ? 'is being collected.' : `is tried again: ${reason}`;
  if (report.isMissing) return 'has no folder Exam.';
  const [first] = report.left;
  const left = report.leftCount > 0 ? ` ${report.leftCount} left, as ${first?.path} (${first?.reason}).` : '';
  return `${report.files.length === 1 ? '1 file' : `${report.files.length} files`}.${left}`;
}
