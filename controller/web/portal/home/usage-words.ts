import type { Usage } from '@homeroom/protocol';

type Limit = Usage['limits'][number];

/** @returns hours as people say them: `45 min`, `2.5 hours`. */
export function hoursWords(hours: number): string {
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  const rounded = Math.round(hours * 10) / 10;
  return rounded === 1 ? '1 hour' : `${rounded} hours`;
}

/** @returns what of a limit on hours is used up, and what is left; undefined where hours are not limited. */
export function hoursLimit(limit: Limit): { share: number; words: string } | undefined {
  const { hoursPerWeek, hoursUsed, scope } = limit;
  if (hoursPerWeek === null) return undefined;
  const left = Math.max(0, hoursPerWeek - hoursUsed);
  return {
    share: hoursPerWeek === 0 ? 1 : Math.min(1, hoursUsed / hoursPerWeek),
    words: `${scope}: ${hoursWords(left)} of ${hoursWords(hoursPerWeek)} left this week.`,
  };
}

/** @returns the limits on how many may be used at once, a sentence each. */
export function countLimits({ activeSessions, totalDesktops, sessions, desktops, scope }: Limit): string[] {
  return [
    activeSessions !== null && `${scope}: ${sessions} of ${activeSessions} sessions are in use.`,
    totalDesktops !== null && `${scope}: ${desktops} of ${totalDesktops} desktops are in use.`,
  ].filter((each) => each !== false);
}
