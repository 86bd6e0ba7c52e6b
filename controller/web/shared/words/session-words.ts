import type { EndReason, Session } from '@homeroom/protocol';

type Tone = 'good' | 'busy' | 'warn' | 'idle';

const states: Record<Session['state'], { words: string; tone: Tone }> = {
  waiting: { words: 'Waiting for a desktop', tone: 'warn' },
  starting: { words: 'Starting', tone: 'busy' },
  active: { words: 'In use', tone: 'good' },
  detached: { words: 'Kept running', tone: 'warn' },
  ended: { words: 'Ended', tone: 'idle' },
};

/** @returns what a session's state means, and how it is coloured. */
export function sessionState(state: Session['state']): { words: string; tone: Tone } {
  return states[state];
}

/** @returns where a waiting person stands in the queue. */
export function placeWords(place: number | null): string {
  if (place === null) return 'Your desktop is being prepared.';
  if (place === 1) return 'You are next.';
  return place === 2 ? 'One person is before you.' : `${place - 1} people are before you.`;
}

const ends: Record<EndReason, string> = {
  logout: 'You ended it.',
  teacher: 'A teacher ended it.',
  idle: 'It was not used for a while.',
  limit: 'Its time was over.',
  'lesson-over': 'The lesson is over.',
  'desktop-lost': 'The desktop stopped working. Your files in the home folder are kept.',
  failed: 'It could not be started.',
};

/** @returns why a session ended, for the person whose it was. */
export function endWords(session: Pick<Session, 'endReason' | 'reason'>): string {
  if (session.endReason === null) return session.reason ?? 'The session is over.';
  // An account that was disabled or has a new password ends its sessions, as sign-out does; only the reason tells.
  const isToldBest = session.endReason === 'logout' || session.endReason === 'teacher';
  return (isToldBest ? session.reason : null) ?? ends[session.endReason];
}
