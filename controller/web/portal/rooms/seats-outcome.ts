import type { SeatOutcomes } from '@homeroom/protocol';
import type { Toast } from '../toasts/toast-provider.tsx';

const listedAtMost = 5;

/**
 * @param names of the seats where a device stands, by their ids; of others there is nothing to tell
 * @param asked what was asked of each seat, `locked`
 * @returns what came of asking a room, and which seats follow later
 */
export function seatsOutcome(
  { seats }: SeatOutcomes,
  names: ReadonlyMap<string, string>,
  asked: string,
): Toast {
  const meant = seats.filter(({ seat }) => names.has(seat));
  const away = meant.filter(({ isReached }) => !isReached).map(({ seat }) => names.get(seat));
  const count = meant.length === 1 ? '1 seat' : `${meant.length} seats`;
  const listed = away.slice(0, listedAtMost).join(', ');
  const more = away.length > listedAtMost ? ` and ${away.length - listedAtMost} more` : '';
  return {
    tone: 'good',
    title: `${count}: ${asked}.`,
    text: away.length === 0 ? undefined : `${listed}${more} will follow when back.`,
  };
}
