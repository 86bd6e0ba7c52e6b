/** The states of a desktop. Pure: the statements of this folder take their conditions from here. */
import type { DesktopState } from '@homeroom/protocol';

/** Which states may follow a state. */
export const desktopMoves: Readonly<Record<DesktopState, readonly DesktopState[]>> = {
  /** The provider is making it. */
  creating: ['ready', 'failed'],
  /** Never used, answering. */
  ready: ['claimed', 'deleting'],
  /** Belongs to one session, for ever. */
  claimed: ['deleting'],
  /** The provider is removing it. */
  deleting: ['gone'],
  /** Making it failed; `error` says why. */
  failed: ['deleting'],
  /** Removed; the row is kept for its session. */
  gone: [],
};

/** @returns whether a desktop in state `from` may come to `to`. */
export function isDesktopMove(from: DesktopState, to: DesktopState): boolean {
  return desktopMoves[from].includes(to);
}

/** After so long a removal is told as an alert; it is tried on all the same. */
export const deletingLimitS = 600;

/** What a desktop becomes when it is given up. Its row is never ready again. */
export const deletingColumns = `
  state = 'deleting', deadline_at = now() + interval '${deletingLimitS} seconds', look_again_at = now(), attempts = 0`;
