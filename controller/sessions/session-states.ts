/**
 * The states of a session and what happens when one lasts too long. Pure: the statements of this folder
 * take their conditions from here.
 */
import type { EndReason, SessionState } from '@homeroom/protocol';

/** Which states may follow a state. */
export const sessionMoves: Readonly<Record<SessionState, readonly SessionState[]>> = {
  /** No desktop is free: queued. */
  waiting: ['starting', 'ended'],
  /** A desktop is claimed and made the user's. When it fails and none is free, the session queues again. */
  starting: ['active', 'waiting', 'ended'],
  /** A stream is open. */
  active: ['detached', 'ended'],
  /** No stream is open; the desktop is kept for a while. */
  detached: ['active', 'ended'],
  /** Over; `end_reason` says why. */
  ended: [],
};

/** @returns the states from which a session may come to `state`. */
export function statesBefore(state: SessionState): SessionState[] {
  return Object.entries(sessionMoves)
    .filter(([, next]) => next.includes(state))
    .map(([before]) => before as SessionState);
}

/** How long a session may wait for a desktop before it is told that there is none. */
export const waitingLimitS = 3_600;
/** How long from the claim until a stream must be open: assignment, navigation, a slow Pi. */
export const startingLimitS = 120;
/** A relaying process tells its open streams far more often than this; older ones are those of a dead one. */
export const streamSilenceS = 60;

export interface Outcome {
  readonly endReason: EndReason;
  /** A sentence for the user. */
  readonly reason: string;
}

/**
 * Decide how a session ends that has no desktop in use and whose state's deadline has passed.
 *
 * @param wasAssigned whether its desktop had become the user's
 */
export function outcomeOf(state: 'waiting' | 'starting', wasAssigned: boolean): Outcome {
  const endReason = 'failed';
  if (state === 'waiting') return { endReason, reason: 'No desktop became free within an hour.' };
  return wasAssigned
    ? { endReason, reason: 'The desktop was ready, but no page opened it in time.' }
    : { endReason, reason: 'The desktop could not be started in time.' };
}
