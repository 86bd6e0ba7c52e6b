/** The states of a desktop. Pure: the statements of this folder take their conditions from here. */
import type { DesktopState } from '@homeroom/protocol';

/** Which states may follow a state. */
export const desktopMoves: Readonly<Record<DesktopState, readonly DesktopState[]>> = {
  /** The provider is making it; one that is to be cold is stopped next, and is nobody's meanwhile. */
  creating: ['ready', 'cooling', 'failed'],
  /** Never used, stopped: costs storage alone. */
  cold: ['warming', 'deleting'],
  /** The provider is starting a cold one. */
  warming: ['ready', 'failed'],
  /** Never used, answering. */
  ready: ['claimed', 'cooling', 'deleting'],
  /** The provider is stopping one that was never used. */
  cooling: ['cold', 'failed'],
  /** Belongs to one session, for ever. */
  claimed: ['deleting'],
  /** The provider is removing it. */
  deleting: ['gone'],
  /** Making, starting or stopping it failed; `error` says why. */
  failed: ['deleting'],
  /** Removed; the row is kept for its session. */
  gone: [],
};

/** @returns whether a desktop in state `from` may come to `to`. */
export function isDesktopMove(from: DesktopState, to: DesktopState): boolean {
  return desktopMoves[from].includes(to);
}

/** The states in which a provider is at work for a pool: what the limits of providers count. */
export const beginningStates = ['creating', 'warming', 'cooling'] as const satisfies readonly DesktopState[];

/** After so long a removal is told as an alert; it is tried on all the same. */
export const deletingLimitS = 600;

/** What a desktop becomes when it is given up. Its row is never ready again. */
export const deletingColumns = `
  state = 'deleting', deadline_at = now() + interval '${deletingLimitS} seconds', look_again_at = now(), attempts = 0`;

/** Until when a desktop may be on its way that begins it now. */
export const madeUntil = `
  now() + make_interval(secs => (select t.create_timeout_s from templates t where t.id = template_id))`;
