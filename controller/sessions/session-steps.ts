import { type SessionState, type SessionStep, sessionStepNames } from '@homeroom/protocol';

/** What tells how far a session is on the way to its desktop. */
export interface StepFacts {
  readonly state: SessionState;
  readonly createdAt: Date;
  readonly claimedAt: Date | null;
  readonly assignedAt: Date | null;
}

/** @returns the way to the desktop, with where the session is now; empty once it has ended. Pure. */
export function stepsOf(facts: StepFacts): SessionStep[] {
  if (facts.state === 'ended') return [];
  const now = currentStep(facts);
  const times: readonly (Date | null)[] = [
    facts.createdAt,
    facts.claimedAt,
    facts.claimedAt,
    facts.assignedAt,
  ];
  return sessionStepNames.map((name, index) => ({
    name,
    state: index < now ? 'done' : index === now ? 'now' : 'next',
    at: index <= now ? (times[index]?.toISOString() ?? null) : null,
  }));
}

/** @returns the place of the step that is going on; beyond the last one when the desktop is there */
function currentStep({ state, assignedAt }: StepFacts): number {
  if (state === 'waiting') return 0;
  if (state !== 'starting') return sessionStepNames.length;
  return sessionStepNames.indexOf(assignedAt === null ? 'preparing' : 'connecting');
}
