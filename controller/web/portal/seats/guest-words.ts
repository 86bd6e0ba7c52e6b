import type { SeatGuest, Template } from '@homeroom/protocol';
import { spanWords } from '../../shared/words/time-words.ts';

/** @returns what somebody without an account gets at a seat. */
export function guestWords(
  guest: SeatGuest | null,
  templates: readonly Pick<Template, 'id' | 'name'>[],
): string {
  if (guest === null) return 'nothing';
  const name = templates.find(({ id }) => id === guest.template)?.name ?? guest.template;
  return guest.limitS === null ? name : `${name} for ${spanWords(guest.limitS)}`;
}
