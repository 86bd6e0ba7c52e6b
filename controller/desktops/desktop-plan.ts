/** What to do about one desktop: decided here, without I/O, by what is on record and what was seen. */
import { type DesktopState, errors, HomeroomError } from '@homeroom/protocol';
import type { Progress } from './provider.ts';

/** What the provider is asked. */
export type Question = 'create' | 'poll' | 'delete' | 'nothing';

/** @returns what to ask about a desktop in a state; `ref` is null until `create` has answered once. */
export function questionOf(state: DesktopState, ref: unknown): Question {
  if (state === 'creating') return ref === null ? 'create' : 'poll';
  if (state === 'ready' || state === 'claimed') return 'poll';
  return state === 'deleting' ? 'delete' : 'nothing';
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
      return planCreating(facts, answer);
    case 'failed':
      return move('deleting', null);
    case 'deleting':
      return planDeleting(facts, answer);
    case 'ready':
    case 'claimed':
      return planInUse(facts, answer);
    case 'gone':
      return wait;
  }
}

function planCreating({ isOverdue }: DesktopFacts, answer: Progress | Error | undefined): DesktopStep {
  const reason = reasonOf(answer);
  if (isProgress(answer) && answer.state === 'ready') return move('ready', null);
  if (isProgress(answer) && answer.state === 'failed')
    return move('failed', reason ?? 'The provider gave no reason.');
  if (isOverdue) return move('failed', `${errors.desktop_create_timeout.title} ${reason ?? ''}`.trim());
  return { do: 'wait', error: reason };
}

function planDeleting({ isOverdue }: DesktopFacts, answer: Progress | Error | undefined): DesktopStep {
  if (isProgress(answer) && answer.state === 'gone') return move('gone', null);
  const reason = reasonOf(answer);
  return { do: 'wait', error: isOverdue ? `It could not be removed yet. ${reason ?? ''}`.trim() : reason };
}

/** Only a provider that is certain ends a desktop in use; one that does not answer is asked again. */
function planInUse({ state, hasSession }: DesktopFacts, answer: Progress | Error | undefined): DesktopStep {
  if (state === 'claimed' && !hasSession) return move('deleting', null);
  if (!isProgress(answer) || (answer.state !== 'gone' && answer.state !== 'failed')) return wait;
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
/** A desktop in use is asked after at this pace; a host that loses one tells at once. */
const inUseLookMs = 15_000;

export interface LastLook {
  readonly state: DesktopState;
  /** How often it was asked in this state. */
  readonly attempts: number;
  /** Whether the provider answered. */
  readonly isAnswered: boolean;
}

/**
 * @param chance from 0 to below 1: spreads the looks that began together
 * @returns when to look again, in milliseconds
 */
export function lookAgainInMs({ state, attempts, isAnswered }: LastLook, chance: number): number {
  const isInUse = state === 'ready' || state === 'claimed';
  const most = isAnswered ? maxWorkingLookMs : maxUnansweredLookMs;
  const ms = isInUse ? inUseLookMs : Math.min(firstLookMs * 2 ** Math.min(attempts, 16), most);
  return Math.round(ms * (0.75 + chance / 2));
}
