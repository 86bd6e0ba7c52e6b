import { lostDeed, lostDesktop } from '../findings/desktop-sightings.ts';
import type { FindingBook } from '../findings/finding-book.ts';
import { type DesktopMove, moveDesktop } from './desktop-work.ts';

/** @returns whether a move gives up a desktop that was whole, because its provider has it no more */
export function isLoss({ from, to, error }: Pick<DesktopMove, 'from' | 'to' | 'error'>): boolean {
  const wasWhole = from === 'cold' || from === 'ready' || from === 'claimed';
  return wasWhole && to === 'deleting' && error !== null;
}

/**
 * Give up a desktop that its provider has lost, and write down that it was missing.
 *
 * @returns false when the desktop had left its state already
 * @throws database_unavailable
 */
export async function giveUpLost(
  findings: FindingBook,
  lost: DesktopMove & { readonly provider: string },
): Promise<boolean> {
  const { id, from: state, provider, error } = lost;
  const sighting = lostDesktop({ id, provider, state, error });
  return await findings.mendAtOnce(sighting, lostDeed(state), (tx) => moveDesktop(tx, lost));
}
