import type { SessionStepName } from '@homeroom/protocol';

const minuteS = 60;
const longestS = 90 * minuteS;

/** Of one that is waited for so much longer than it should take, nobody says that it comes at any moment. */
const patienceS = 60;
const patience = 5;

/**
 * @param waitedS how long it was waited for already
 * @returns how long a wait will be, as far as it is known; never more exact than that
 */
export function estimateWords(estimateS: number | null, waitedS = 0): string {
  if (estimateS !== null && waitedS > patienceS && waitedS > patience * estimateS)
    return 'It takes longer than expected.';
  if (estimateS === null) return 'How long it takes is not known yet.';
  if (estimateS < 5) return 'Any moment now.';
  if (estimateS < minuteS) return `About ${Math.ceil(estimateS / 10) * 10} seconds.`;
  if (estimateS > longestS) return 'More than an hour.';
  const minutes = Math.ceil(estimateS / minuteS);
  return minutes === 1 ? 'About a minute.' : `About ${minutes} minutes.`;
}

const steps: Record<SessionStepName, string> = {
  queued: 'In the queue',
  found: 'A desktop is found',
  preparing: 'It is made yours',
  connecting: 'Its screen is connected',
  there: 'There',
};

/** @returns what a step on the way to a desktop is called. */
export function stepWords(name: SessionStepName): string {
  return steps[name];
}
