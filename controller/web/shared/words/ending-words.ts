import type { Session } from '@homeroom/protocol';

type ComingEnd = Pick<Session, 'endsBy' | 'mayKeep' | 'examFolder'>;

/** @returns that a desktop will end, why, and what to do: for somebody who works on it. */
export function endingWords(end: ComingEnd): string {
  return `This desktop ends soon${whyWords(end.endsBy)}. ${todoWords(end)}`;
}

function todoWords({ mayKeep, examFolder }: ComingEnd): string {
  if (examFolder)
    return `Save your work in the folder ${examFolder} of your home: nothing else is collected.`;
  return mayKeep ? 'Save your work, or keep the desktop.' : 'Save your work in your home folder.';
}

function whyWords(endsBy: Session['endsBy']): string {
  if (endsBy === 'idle') return ' because nobody uses it';
  if (endsBy === 'limit') return ' because its time is over';
  return endsBy === 'lesson-over' ? ' with the lesson' : '';
}

/** @returns what somebody who works on a desktop is told without an end of it, as that a lesson is over; null for nothing. */
export function runningWords({ state, reason }: Pick<Session, 'state' | 'reason'>): string | null {
  return state === 'active' || state === 'detached' ? reason : null;
}

/** Whoever comes later does not wonder any more. */
const toldForMs = 10 * 60_000;

/**
 * What to tell somebody who chooses a desktop about the one they had: that it ended without their doing.
 *
 * @param latest their session that began last
 * @returns a sentence or two; undefined when there is nothing to tell
 */
export function lastEndWords(
  latest: Pick<Session, 'endReason' | 'endedAt' | 'reason'>,
  now: Date,
): string | undefined {
  const { endReason, endedAt, reason } = latest;
  if (endReason === null || endReason === 'logout' || endedAt === null) return undefined;
  if (now.getTime() - Date.parse(endedAt) > toldForMs) return undefined;
  const why = reason ?? (endReason === 'teacher' ? 'A teacher ended it.' : 'Its time was over.');
  if (endReason === 'desktop-lost') return `Your desktop stopped working. ${why}${keptWords(why)}`;
  return endReason === 'failed'
    ? `Your desktop could not be given to you. ${why}`
    : `Your desktop has ended. ${why}`;
}

function keptWords(why: string): string {
  return why.includes('home folder') ? '' : ' Files in the home folder are kept; choose a fresh desktop.';
}
