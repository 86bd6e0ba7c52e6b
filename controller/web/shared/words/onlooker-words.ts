import type { Session } from '@homeroom/protocol';

type Onlooked = Pick<Session, 'onlookers' | 'shownIn'>;

/**
 * What the user of a desktop is told of those who look at it: calmly, and always while they do.
 *
 * @returns null while nobody does
 */
export function onlookerWords({ onlookers = [], shownIn = null }: Onlooked): string | null {
  const helper = onlookers.find(({ isInControl }) => isInControl);
  const watchers = onlookers.filter(({ isInControl }) => !isInControl);
  const sentences = [
    helper && `${helper.displayName} is helping you.`,
    watchers.length > 0 && `${namesOf(watchers)} at this desktop.`,
    shownIn !== null && `This desktop is shown in ${shownIn}.`,
  ].filter((sentence) => typeof sentence === 'string');
  return sentences.length > 0 ? sentences.join(' ') : null;
}

function namesOf(watchers: readonly { displayName: string }[]): string {
  const [first, second] = watchers;
  if (watchers.length === 1) return `${first?.displayName} looks`;
  if (watchers.length === 2) return `${first?.displayName} and ${second?.displayName} look`;
  return `${first?.displayName} and ${watchers.length - 1} others look`;
}
