/**
 * What is to be done about one seat of a class. Pure: facts in, one step out. Rules:
 * - a step is left when what it is for is true, whoever made it so; asking again for what is so does nothing;
 * - a step that does not come to be by its deadline has failed, with what it waited for as the reason.
 */
import type { ClassStep } from '@homeroom/protocol';
import { planEnd } from './plan-end.ts';
import { planStart } from './plan-start.ts';
import type { SeatFacts, SeatPlan } from './seat-facts.ts';

/** @param nowMs by the database's clock */
export function planSeat(facts: SeatFacts, nowMs: number): SeatPlan {
  const plan = facts.kind === 'start' ? planStart(facts, nowMs) : planEnd(facts, nowMs);
  const isLate = nowMs >= facts.deadlineMs;
  if (!isLate || plan.do === 'pass' || plan.do === 'fail') return plan;
  return { do: 'fail', reason: `${lateWords[facts.step]} ${plan.reason}` };
}

const lateWords: Readonly<Record<ClassStep, string>> = {
  power: 'The power did not come to be in time.',
  awake: 'The computer did not come up in time.',
  screen: 'The screen did not follow in time.',
  desktop: 'The desktop was not there in time.',
  page: 'The page was not shown in time.',
  warning: 'The warning did not end in time.',
  session: 'The session did not end in time.',
  shutdown: 'The computer did not shut down in time.',
};
