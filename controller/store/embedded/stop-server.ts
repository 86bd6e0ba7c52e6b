import { setTimeout as sleep } from 'node:timers/promises';
import { isServerOf } from './postmaster-pid.ts';
import type { ServerPlace } from './server-place.ts';

const patienceMs = 15_000;
const pollMs = 20;

/** Fast, then immediate shutdown (postgres(1)), then the kernel's; each only when the one before was not heard. */
export async function stopServer(place: ServerPlace, pid: number): Promise<void> {
  for (const how of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!(await isServerOf(place.dataFolder, pid))) return;
    if (how !== 'SIGINT')
      place.logger.warn({ pid, how }, 'the embedded database does not stop: asking harder');
    process.kill(pid, how);
    if (await hasEnded(place, pid)) return;
  }
}

async function hasEnded(place: ServerPlace, pid: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    if (!(await isServerOf(place.dataFolder, pid))) return true;
    await sleep(pollMs);
  }
  return false;
}
