/** One look at a seat: every step that is so already is passed, until one has to be waited for. Pure. */
import { HomeroomError } from '@homeroom/protocol';
import { limitOf, stepAfter } from './class-steps.ts';
import type { SeatOutcome } from './class-work.ts';
import { isHopeless } from './hopeless.ts';
import { planSeat } from './plan-seat.ts';
import type { SeatAction, SeatFacts } from './seat-facts.ts';

/** Changes wake the reconciler; this is for what no change tells. */
const waitMs = 1_500;
/** What was asked for may be there at once. */
const soonMs = 100;
const maxReason = 200;

export interface PlannedSteps {
  /** As it is written when nothing is asked for, or when that goes well. */
  readonly outcome: SeatOutcome;
  readonly action?: SeatAction;
}

/** @param seat which run it is, and the database's clock */
export function planSteps(facts: SeatFacts, { run, nowMs }: { run: string; nowMs: number }): PlannedSteps {
  let now = facts;
  let session: string | null = null;
  let remark: string | null = null;
  for (;;) {
    const plan = planSeat(now, nowMs);
    const common = { run, seat: facts.seat, step: now.step, session, limitS: limitOf(facts.kind, now.step) };
    const here = { ...common, isNewStep: now.step !== facts.step, isAsked: false, againMs: waitMs };
    if (plan.do === 'fail') return { outcome: { ...here, state: 'failed', reason: cut(plan.reason) } };
    if (plan.do === 'wait') return { outcome: { ...here, state: 'now', reason: cut(plan.reason) } };
    if (plan.do === 'act') {
      const outcome = {
        ...here,
        state: 'now',
        reason: cut(plan.reason),
        isAsked: true,
        againMs: soonMs,
      } as const;
      return { outcome, action: plan.action };
    }
    session = plan.session ?? session;
    const next = stepAfter(facts.kind, now.step);
    remark = plan.remark === undefined ? remark : cut(plan.remark);
    if (!next) return { outcome: { ...here, session, state: 'done', reason: remark } };
    // A step that is come to now has its own time, and nothing was asked for in it.
    now = { ...now, step: next, askedAtMs: null, deadlineMs: nowMs + limitOf(facts.kind, next) * 1000 };
  }
}

/** @returns what is written after something was asked for @param failure undefined when it went well */
export function outcomeAfter(outcome: SeatOutcome, failure: Error | undefined): SeatOutcome {
  if (!failure) return outcome;
  const reason = cut(failure instanceof HomeroomError ? failure.detail : failure.message);
  return { ...outcome, reason, againMs: waitMs, state: isHopeless(failure) ? 'failed' : 'now' };
}

function cut(text: string): string {
  return text.length > maxReason ? `${text.slice(0, maxReason - 1)}…` : text;
}
