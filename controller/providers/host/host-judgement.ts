/** What becomes of a desktop whose host does not answer, or is not what it was. Pure. */
import type { Progress } from '../../desktops/provider.ts';

/** What is known of the host; undefined when it was removed. */
export interface HostFacts {
  readonly healthy: boolean;
  readonly draining: boolean;
  /** Whether an admin consents that it runs desktops. */
  readonly isAllowed: boolean;
  readonly silentS: number;
}

/** A restarted host has its sessions still: they outlive the agent, and a network fault even more so. */
export const awayGraceS = 600;
/** An unused place costs nothing to give up: the pool keeps another elsewhere. */
export const placeGraceS = 60;

/** @returns how a place is that nobody uses yet: `failed` when it is to be given up */
export function judgePlace(host: HostFacts | undefined, name: string): Progress {
  if (!host) return { state: 'failed', reason: `The host ${name} was removed.` };
  if (!host.isAllowed)
    return { state: 'failed', reason: `The host ${name} is not allowed to run desktops (any more).` };
  if (host.draining) return { state: 'failed', reason: `The host ${name} is being emptied.` };
  if (!host.healthy && host.silentS > placeGraceS)
    return { state: 'failed', reason: `The host ${name} is away or not well.` };
  return { state: 'ready' };
}

/**
 * @returns `gone` when a desktop in use is lost with its host; undefined while nothing is certain: a host
 * that comes back has it still
 */
export function judgeAway(host: HostFacts | undefined, name: string): Progress | undefined {
  if (!host) return { state: 'gone', reason: `The host ${name} was removed.` };
  if (host.silentS <= awayGraceS) return undefined;
  return { state: 'gone', reason: `The host ${name} stayed away for more than ${awayGraceS / 60} minutes.` };
}
