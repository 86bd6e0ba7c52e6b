import type { PoolState } from './pool-counts.ts';

/** What urgency is judged by. */
export type Urgency = Pick<PoolState, 'ready' | 'waiting' | 'warmMinimum' | 'lessons' | 'templateId'>;

/** Orders pools: those that somebody waits for, then those with the least of what they want. Pure. */
export function byUrgency(one: Urgency, other: Urgency): number {
  return (
    other.waiting - one.waiting ||
    shareOf(one) - shareOf(other) ||
    one.templateId.localeCompare(other.templateId)
  );
}

function shareOf({ ready, warmMinimum, lessons }: Urgency): number {
  return ready / Math.max(1, warmMinimum + lessons);
}
