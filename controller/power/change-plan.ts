/**
 * What a change of power does next. Pure: facts and the time in, one step out. The interlocks stand here:
 * - a computer that is there is shut down first, and its power is cut a margin after it said that it has; one that is
 *   away without having said so keeps its power, unless somebody cuts it by force;
 * - what "I have shut down" says holds for the power that was up when the computer was last heard, and no later one;
 * - once off, a load stays off for its minimum time;
 * - a hand at the relay, or a person who holds it, wins;
 * - nothing is sent past the change's end, and at most so many times.
 */
import type { PowerAction } from './channel-row.ts';

/** All that a step is decided by; times are the controller's, in milliseconds. */
export interface ChangeFacts {
  readonly action: PowerAction;
  readonly isForced: boolean;
  readonly askedMs: number;
  readonly expiresMs: number;
  readonly isOnline: boolean;
  readonly isOn: boolean | null;
  readonly offSinceMs: number | null;
  readonly minimumOffMs: number;
  /** Whoever holds it by hand wants it so; undefined when nobody does. */
  readonly heldOn: boolean | undefined;
  readonly sentMs: number | null;
  readonly sentOn: boolean | null;
  readonly sends: number;
  /** What it waited for last, as a sentence. */
  readonly waitsFor: string | null;
  readonly shutdownAskedMs: number | null;
  readonly shutDownMs: number | null;
  /** Null where no computer hangs on it, or none is placed at its seat. */
  readonly computer: {
    readonly state: 'ready' | 'disconnected' | 'lost' | 'never';
    readonly hasSaidShutdown: boolean;
    readonly wasAwake: boolean;
    /** From its last word to the cut: what it still writes after that. */
    readonly marginMs: number;
  } | null;
}

export type Step =
  | { readonly do: 'finish' }
  | { readonly do: 'fail'; readonly reason: string }
  /** Off is reached; on comes next. */
  | { readonly do: 'turn-on' }
  /** Its power is up and the machine is off: only a cycle wakes it. */
  | { readonly do: 'turn-cycle' }
  | { readonly do: 'ask-shutdown' }
  /** It has shut down: the margin begins. */
  | { readonly do: 'note-shutdown' }
  /** It came back before its power was cut. */
  | { readonly do: 'forget-shutdown' }
  | { readonly do: 'send'; readonly on: boolean }
  | { readonly do: 'wait'; readonly untilMs: number; readonly reason: string };

/** From a command to its answer. */
export const answerLimitMs = 5_000;
const maxSends = 3;
/** A computer that went away may come back by itself. */
const returnLimitMs = 20_000;
const shutdownLimitMs = 60_000;
/** How long a button is pressed. */
export const pressMs = 500;

/** @returns the next step; a wait ends earlier when something is heard */
export function planChange(facts: ChangeFacts, nowMs: number): Step {
  const { action } = facts;
  if (action === 'pulse') return planPress(facts, nowMs);
  const target = action === 'on';
  if (facts.heldOn !== undefined && facts.heldOn !== target)
    return { do: 'fail', reason: 'Somebody holds it by hand.' };
  if (facts.isOnline && facts.isOn === target) return reached(facts, nowMs);
  const step = target ? planStart(facts, nowMs) : planCut(facts, nowMs);
  return withinLife(step, facts, nowMs);
}

/** Past its end a change fails with what it waited for last. */
function withinLife(step: Step, { expiresMs, waitsFor }: ChangeFacts, nowMs: number): Step {
  if (nowMs < expiresMs)
    return step.do === 'wait' ? { ...step, untilMs: Math.min(step.untilMs, expiresMs) } : step;
  if (step.do === 'fail' || step.do === 'finish') return step;
  return { do: 'fail', reason: step.do === 'wait' ? step.reason : (waitsFor ?? 'It took too long.') };
}

function reached(facts: ChangeFacts, nowMs: number): Step {
  const { action, computer, shutdownAskedMs } = facts;
  if (action === 'cycle') return { do: 'turn-on' };
  if (action === 'off' || !computer) return { do: 'finish' };
  if (isShutDown(computer)) return { do: 'turn-cycle' };
  const isGoing = computer.state === 'ready' && shutdownAskedMs !== null;
  if (!isGoing || nowMs >= Math.min(shutdownAskedMs + shutdownLimitMs, facts.expiresMs))
    return { do: 'finish' };
  return {
    do: 'wait',
    untilMs: shutdownAskedMs + shutdownLimitMs,
    reason: 'The computer is still shutting down.',
  };
}

function planStart(facts: ChangeFacts, nowMs: number): Step {
  const { isOnline, offSinceMs, minimumOffMs, expiresMs } = facts;
  if (!isOnline) return away(expiresMs);
  const startMs = (offSinceMs ?? 0) + minimumOffMs;
  if (nowMs < startMs)
    return {
      do: 'wait',
      untilMs: startMs,
      reason: 'It must stay off a little longer before it is switched on again.',
    };
  return planSend(facts, true, nowMs);
}

function planCut(facts: ChangeFacts, nowMs: number): Step {
  const obstacle = facts.isForced ? undefined : beforeCut(facts, nowMs);
  if (obstacle) return obstacle;
  return facts.isOnline ? planSend(facts, false, nowMs) : away(facts.expiresMs);
}

/** @returns what must happen before power may be cut; undefined when it may */
export function beforeCut(facts: ChangeFacts, nowMs: number): Step | undefined {
  const { computer, shutdownAskedMs, shutDownMs, askedMs, expiresMs } = facts;
  if (!computer) return undefined;
  if (computer.state === 'ready') {
    if (shutDownMs !== null) return { do: 'forget-shutdown' };
    if (shutdownAskedMs === null) return { do: 'ask-shutdown' };
    if (nowMs >= shutdownAskedMs + shutdownLimitMs) return { do: 'ask-shutdown' };
    return {
      do: 'wait',
      untilMs: shutdownAskedMs + shutdownLimitMs,
      reason: 'The computer is shutting down.',
    };
  }
  if (isShutDown(computer) || hasGoneOn(computer, shutDownMs)) {
    if (shutDownMs === null) return { do: 'note-shutdown' };
    const cutMs = shutDownMs + computer.marginMs;
    return nowMs < cutMs
      ? { do: 'wait', untilMs: cutMs, reason: 'The computer has shut down; its power is cut in a moment.' }
      : undefined;
  }
  return waitForReturn(Math.max(askedMs, shutdownAskedMs ?? 0), computer, { nowMs, expiresMs });
}

function waitForReturn(
  sinceMs: number,
  { state, wasAwake }: NonNullable<ChangeFacts['computer']>,
  { nowMs, expiresMs }: { nowMs: number; expiresMs: number },
): Step {
  if (!wasAwake && state !== 'lost')
    return {
      do: 'wait',
      untilMs: expiresMs,
      reason: 'The computer has not been heard since power came: it may be starting.',
    };
  if (nowMs < sinceMs + returnLimitMs)
    return {
      do: 'wait',
      untilMs: sinceMs + returnLimitMs,
      reason: 'The computer went away; it is waited for.',
    };
  return {
    do: 'fail',
    reason:
      'The computer went away without saying that it had shut down, so its power stays on. Look at it; an admin can cut its power by force.',
  };
}

function isShutDown({ state, hasSaidShutdown, wasAwake }: NonNullable<ChangeFacts['computer']>): boolean {
  return state === 'disconnected' && hasSaidShutdown && wasAwake;
}

/** It said so and was noted; that its connection is missed afterwards is what a machine that goes off does. */
function hasGoneOn(
  { state, wasAwake }: NonNullable<ChangeFacts['computer']>,
  shutDownMs: number | null,
): boolean {
  return state === 'lost' && wasAwake && shutDownMs !== null;
}

function planSend({ sentMs, sentOn, sends }: ChangeFacts, on: boolean, nowMs: number): Step {
  if (sentMs === null || sentOn !== on) return { do: 'send', on };
  if (nowMs < sentMs + answerLimitMs)
    return {
      do: 'wait',
      untilMs: sentMs + answerLimitMs,
      reason: 'The relay was told; its answer is awaited.',
    };
  return sends < maxSends
    ? { do: 'send', on }
    : { do: 'fail', reason: 'The relay did not do what it was told.' };
}

function planPress(facts: ChangeFacts, nowMs: number): Step {
  const { isOnline, isOn, sentMs, sentOn, expiresMs } = facts;
  if (!isOnline) return withinLife(away(expiresMs), facts, nowMs);
  if (sentMs === null) return withinLife({ do: 'send', on: true }, facts, nowMs);
  if (sentOn === true) {
    // Let go for sure, also past the change's end.
    if (nowMs >= sentMs + pressMs) return { do: 'send', on: false };
    return { do: 'wait', untilMs: sentMs + pressMs, reason: 'The button is pressed.' };
  }
  return isOn === false ? { do: 'finish' } : withinLife(planSend(facts, false, nowMs), facts, nowMs);
}

function away(untilMs: number): Step {
  return { do: 'wait', untilMs, reason: 'The relay is not connected.' };
}
