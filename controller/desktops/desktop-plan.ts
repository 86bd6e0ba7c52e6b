/** What to do about one desktop: decided here, without I/O, by what is on record and what was seen. */
import { type DesktopLevel, type DesktopState, errors, HomeroomError } from '@homeroom/protocol';
import type { Progress } from './provider.ts';

/** What the provider is asked. */
export type Question = 'create' | 'poll' | 'warm' | 'cool' | 'delete' | 'nothing';

const questions: Readonly<Record<DesktopState, Question>> = {
  creating: 'create',
  cold: 'poll',
  warming: 'warm',
  ready: 'poll',
  cooling: 'cool',
  claimed: 'poll',
  deleting: 'delete',
  failed: 'nothing',
  gone: 'nothing',
};

/** @returns what to ask about a desktop in a state; `ref` is null until `create` has answered once. */
export function questionOf(state: DesktopState, ref: unknown): Question {
  return state === 'creating' && ref !== null ? 'poll' : questions[state];
}

/**
 * What becomes of the record:
 * - `move`: to another state; `error` says why when it is a fault
 * - `wait`: nothing yet; look again, with back-off
 */
export type DesktopStep =
  | {
      readonly do: 'move';
      readonly to: DesktopState;
      readonly error: string | null;
    }
  | { readonly do: 'wait'; readonly error: string | null };

export interface DesktopFacts {
  readonly state: DesktopState;
  /** Where it is on its way to; of a desktop that is made. */
  readonly level: DesktopLevel;
  readonly isOverdue: boolean;
  /** Whether a live session has it; only for `claimed`. */
  readonly hasSession: boolean;
}

const wait: DesktopStep = { do: 'wait', error: null };

/**
 * Decide by what the provider answered.
 *
 * @param answer its progress; the error, when asking failed; undefined when it was not asked
 */
export function planDesktop(facts: DesktopFacts, answer: Progress | Error | undefined): DesktopStep {
  switch (facts.state) {
    case 'creating':
      return planWay(facts, answer, { done: 'ready', to: facts.level === 'cold' ? 'cooling' : 'ready' });
    case 'warming':
      return planWay(facts, answer, { done: 'ready', to: 'ready' });
    case 'cooling':
      return planWay(facts, answer, { done: 'cold', to: 'cold' });
    case 'failed':
      return move('deleting', null);
    case 'deleting':
      return planDeleting(facts, answer);
    case 'cold':
    case 'ready':
    case 'claimed':
      return planStanding(facts, answer);
    case 'gone':
      return wait;
  }
}

/** A desktop on its way: there when the provider says `done`, also a little late. */
function planWay(
  { state, isOverdue }: DesktopFacts,
  answer: Progress | Error | undefined,
  { done, to }: { done: Progress['state']; to: DesktopState },
): DesktopStep {
  const reason = reasonOf(answer);
  if (isProgress(answer) && answer.state === done) return move(to, null);
  if (isProgress(answer) && isLost(state, answer))
    return move('failed', reason ?? 'The provider gave no reason.');
  if (isOverdue) return move('failed', `${lateTitle(state)} ${reason ?? ''}`.trim());
  return { do: 'wait', error: reason };
}

/** One that is just being made may not be there yet; one that was whole must be. */
function isLost(state: DesktopState, { state: answered }: Progress): boolean {
  return answered === 'failed' || (answered === 'gone' && state !== 'creating');
}

function lateTitle(state: DesktopState): string {
  return state === 'cooling' ? errors.desktop_stop_timeout.title : errors.desktop_create_timeout.title;
}

function planDeleting({ isOverdue }: DesktopFacts, answer: Progress | Error | undefined): DesktopStep {
  if (isProgress(answer) && answer.state === 'gone') return move('gone', null);
  const reason = reasonOf(answer);
  return { do: 'wait', error: isOverdue ? `It could not be removed yet. ${reason ?? ''}`.trim() : reason };
}

/** Only a provider that is certain ends a desktop that was whole; one that does not answer is asked again. */
function planStanding(
  { state, hasSession }: DesktopFacts,
  answer: Progress | Error | undefined,
): DesktopStep {
  if (state === 'claimed' && !hasSession) return move('deleting', null);
  // Told to whoever comes back to it: a desktop in use that cannot be asked after may be gone.
  if (!isProgress(answer)) return state === 'claimed' ? { do: 'wait', error: reasonOf(answer) } : wait;
  if (answer.state !== 'gone' && answer.state !== 'failed') return wait;
  return move('deleting', answer.reason ?? 'The desktop is gone.');
}

function move(to: DesktopState, error: string | null): DesktopStep {
  return { do: 'move', to, error };
}

function isProgress(answer: Progress | Error | undefined): answer is Progress {
  return answer !== undefined && !(answer instanceof Error);
}

function reasonOf(answer: Progress | Error | undefined): string | null {
  if (answer instanceof HomeroomError) return answer.detail;
  if (answer instanceof Error) return answer.message;
  return answer?.reason ?? null;
}

const firstLookMs = 250;
/** A provider that is at work is asked this often at least: its desktop is used the moment it is ready. */
const maxWorkingLookMs = 1_500;
/** One that cannot be asked is given more peace. */
const maxUnansweredLookMs = 30_000;
/** A removal that is past its deadline is tried on for as long as it takes. */
const overdueLookMs = 60_000;
/**
 * A desktop in use is asked after at this pace: hosts tell at once of one that ends, and the inventory, which asks each
 * provider for all of them together, sees to the rest.
 */
const inUseLookMs = 300_000;

export interface LastLook {
  readonly state: DesktopState;
  /** How often it was asked in this state. */
  readonly attempts: number;
  /** Whether the provider answered. */
  readonly isAnswered: boolean;
  readonly isOverdue: boolean;
}

/**
 * @param chance from 0 to below 1: spreads the looks that began together
 * @returns when to look again, in milliseconds
 */
export function lookAgainInMs({ state, attempts, isAnswered, isOverdue }: LastLook, chance: number): number {
  const unhurriedMs = isAnswered ? maxWorkingLookMs : maxUnansweredLookMs;
  const most = state === 'deleting' && isOverdue ? overdueLookMs : unhurriedMs;
  const isCalm = isAnswered && (state === 'ready' || state === 'claimed');
  const ms = isCalm ? inUseLookMs : Math.min(firstLookMs * 2 ** Math.min(attempts, 16), most);
  return Math.round(ms * (0.75 + chance / 2));
}
