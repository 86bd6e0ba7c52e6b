import type { SeatOutcomes } from '@homeroom/protocol';

/** @returns what became of it, in a sentence: `29 seats at once, 1 when it is back.` */
export function outcomeWords({ seats }: SeatOutcomes): string {
  const reached = seats.filter(({ isReached }) => isReached).length;
  const late = seats.length - reached;
  const now = `${reached} ${reached === 1 ? 'seat' : 'seats'} at once`;
  return late === 0 ? `${now}.` : `${now}, ${late} when ${late === 1 ? 'it is' : 'they are'} back.`;
}
