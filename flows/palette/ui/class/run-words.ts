import type { ClassRun, ClassRunSeat } from '@homeroom/protocol';
import { countdown, spanWords } from '@homeroom/web/shared/words/time-words.ts';

const stepWords: Record<ClassRunSeat['step'], string> = {
  power: 'power',
  awake: 'computer starts',
  screen: 'screen',
  desktop: 'desktop',
  page: 'page',
  warning: 'warning',
  session: 'desktop ends',
  shutdown: 'shuts down',
};

/** @returns the step that a seat stands at */
export function stepOf({ step }: ClassRunSeat): string {
  return stepWords[step];
}

const stateTones = { now: 'busy', done: 'good', failed: 'bad' } as const;
const stateWords = { now: 'under way', done: 'done', failed: 'failed' } as const;

/** @returns how a seat stands, in words and a tone */
export function stateOf({ state }: ClassRunSeat): { words: string; tone: string } {
  return { words: stateWords[state], tone: stateTones[state] };
}

/** @returns how long a seat is at its step: `12 s`; of a finished one how long ago */
export function timeWords({ stepSince, finishedAt }: ClassRunSeat, now: Date): string {
  const end = finishedAt === null ? now.getTime() : Date.parse(finishedAt);
  return spanWords((end - Date.parse(stepSince)) / 1000);
}

/** @returns when a step is given up: `in 0:42`; empty where it is not */
export function deadlineWords({ deadlineAt, state }: ClassRunSeat, now: Date): string {
  if (deadlineAt === null || state !== 'now') return '';
  const left = countdown(deadlineAt, now);
  return left === undefined ? 'any moment' : `in ${left}`;
}

/** @returns the run in a sentence: `Start: 28 of 30 seats done, 1 failed.` */
export function runSummary({ kind, state, seats, startedBy }: ClassRun): string {
  const count = (wanted: ClassRunSeat['state']) => seats.filter((seat) => seat.state === wanted).length;
  const failed = count('failed');
  const what = kind === 'start' ? 'Start' : 'End';
  const by = startedBy === null ? 'by the timetable' : `by ${startedBy}`;
  if (state === 'cancelled')
    return `${what} ${by}: cancelled after ${count('done')} of ${seats.length} seats.`;
  const faults = failed === 0 ? '' : `, ${failed} failed`;
  return `${what} ${by}: ${count('done')} of ${seats.length} seats done${faults}.`;
}
