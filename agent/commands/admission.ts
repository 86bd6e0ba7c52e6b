import { type Command, HomeroomError } from '@homeroom/protocol/wire';

/** How a command arrived. */
export interface Arrival {
  /** The broker replayed it instead of passing it on. */
  readonly isRetained: boolean;
  /** Wall-clock time at receipt. */
  readonly receivedAt: Date;
  /** How long ago it was received, by a clock that only grows. */
  readonly waitedMs: number;
  /** Whether this machine knows what time it is; a Pi has no battery for its clock. */
  readonly isClockSynchronised: boolean;
}

/** Clocks of one room agree within this much when they are synchronised. */
export const maxClockSkewMs = 5_000;

/**
 * Decide whether a command may run: passed on and not replayed, and within its time to live. While this
 * machine does not know the time, only the time since receipt counts.
 *
 * @throws command_retained, command_expired
 */
export function admit(command: Command, arrival: Arrival): void {
  if (arrival.isRetained) throw new HomeroomError('command_retained');
  const sinceIssueMs = arrival.receivedAt.getTime() - Date.parse(command.issuedAt) - maxClockSkewMs;
  const travelMs = arrival.isClockSynchronised ? Math.max(0, sinceIssueMs) : 0;
  const ageMs = travelMs + arrival.waitedMs;
  if (ageMs < command.ttlMs) return;
  throw new HomeroomError('command_expired', `${Math.round(ageMs)} ms old, ${command.ttlMs} ms allowed`);
}
