import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

const pollMs = 50;
const cutTimeoutMs = 5_000;

/** Send a signal to every process of a group; a group that is gone is no fault. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // ESRCH: all of them have ended, which is what was wanted.
  }
}

/** Kill a process of an earlier run, with its group, and wait until it has gone. */
export async function cutGroup(identity: ProcessIdentity): Promise<void> {
  if (!isRunning(identity)) return;
  signalGroup(identity.pid, 'SIGKILL');
  const deadline = performance.now() + cutTimeoutMs;
  // One that hangs in the kernel does nothing any more.
  while (isRunning(identity) && performance.now() < deadline) await delay(pollMs);
}

/**
 * End a process of an earlier run, with its group: ask the leader, wait, then kill what is left.
 *
 * @param identity the group's leader
 * @param graceMs how long it may take to end by itself
 */
export async function endGroup(identity: ProcessIdentity, graceMs: number): Promise<void> {
  if (!isRunning(identity)) return;
  process.kill(identity.pid, 'SIGTERM');
  const deadline = performance.now() + graceMs;
  while (isRunning(identity) && performance.now() < deadline) await delay(pollMs);
  signalGroup(identity.pid, 'SIGKILL');
}
