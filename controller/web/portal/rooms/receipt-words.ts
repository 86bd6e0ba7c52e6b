import type { RoomMessage } from '@homeroom/protocol';

/** @returns what became of a message: `Read at 2 of 3 seats; shown at Seat 3.` */
export function receiptWords(
  { receipts, withdrawnAt, expiresAt }: Pick<RoomMessage, 'receipts' | 'withdrawnAt' | 'expiresAt'>,
  now: Date,
): string {
  const read = receipts.filter(({ readAt }) => readAt !== null).length;
  const unread = receipts.filter(({ readAt }) => readAt === null);
  const words = [`Read at ${read} of ${receipts.length === 1 ? '1 seat' : `${receipts.length} seats`}`];
  const shown = unread.filter(({ shownAt }) => shownAt !== null).map(({ seatName }) => seatName);
  const unseen = unread.filter(({ shownAt }) => shownAt === null).map(({ seatName }) => seatName);
  if (shown.length > 0) words.push(`shown at ${shown.join(', ')}`);
  if (unseen.length > 0) words.push(`not seen at ${unseen.join(', ')}`);
  if (withdrawnAt !== null) words.push('taken back');
  else if (new Date(expiresAt) <= now) words.push('its time is over');
  return `${words.join('; ')}.`;
}
