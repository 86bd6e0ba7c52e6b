import type { EndReason, Session } from '@homeroom/protocol';
import { agoWords, countdown } from '../../shared/words/time-words.ts';
import { estimateWords } from '../../shared/words/waiting-words.ts';
import type { Question } from '../confirm/confirm-provider.tsx';

const ends: Record<EndReason, string> = {
  logout: 'ended by its user',
  teacher: 'ended by a teacher',
  idle: 'not used for long',
  limit: 'its time was over',
  'lesson-over': 'the lesson was over',
  'desktop-lost': 'its desktop was lost',
  failed: 'could not be started',
};

/** @returns what a teacher wants to know beside a session's state; undefined where that says all. */
export function sideWords(session: Session, now: Date): string | undefined {
  const { state, place, estimateS, trouble, reason, endReason, endsAt } = session;
  if (state === 'ended') return endReason === null ? undefined : (reason ?? ends[endReason]);
  if (trouble !== null) return trouble;
  if (state === 'waiting') {
    const where = place === null ? '' : `Number ${place} in the queue. `;
    return `${where}${[estimateWords(estimateS, (now.getTime() - Date.parse(session.startedAt)) / 1000), reason].filter(Boolean).join(' ')}`;
  }
  const left = endsAt === null ? undefined : countdown(endsAt, now);
  return left && session.warning > 0 ? `ends in ${left}` : undefined;
}

/** @returns what is asked before somebody's desktop is ended: whose, since when, and what is lost. */
export function endQuestion(session: Session, template: string, now: Date): Question {
  if (session.state === 'waiting')
    return {
      title: `Let ${session.username} wait no longer?`,
      text: `They lose their place in the queue for ${template}, and may choose again.`,
      confirmLabel: 'End it',
    };
  return {
    title: `End the desktop of ${session.username}?`,
    text:
      `${template}, started ${agoWords(session.startedAt, now)}. Open programs are closed and what is not saved ` +
      'is lost. Files in the home folder are kept.',
    confirmLabel: 'End it',
  };
}
