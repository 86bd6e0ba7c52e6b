import { type Clock, sleep } from './clock.ts';
import type { ProcessIdentity } from './process-table.ts';

const lookAgainMs = 25;

export interface EndProcessesOptions {
  /** Tells the processes that shall end; called again until it tells none. */
  readonly find: () => Promise<readonly ProcessIdentity[]>;
  readonly send: (pid: number, signal: NodeJS.Signals) => void;
  readonly clock: Clock;
  /** How long they may take to end by themselves after SIGTERM. */
  readonly graceMs: number;
  /** After that, how long SIGKILL is repeated: a process may fork faster than one look. */
  readonly killMs: number;
}

/**
 * Ask processes to end, then make them.
 *
 * @returns those that are still there at the deadline (in the kernel's uninterruptible sleep); empty when all ended
 */
export async function endProcesses(options: EndProcessesOptions): Promise<readonly ProcessIdentity[]> {
  const { clock, find, send } = options;
  const asked = new Set<number>();
  let startMs: number | undefined;
  let isKilled = false;
  for (;;) {
    const rest = await find();
    // Counted from the first that were found: on a machine with much to do a look alone may take longer than the grace.
    startMs ??= clock.monotonicMs();
    const spentMs = clock.monotonicMs() - startMs;
    if (rest.length === 0 || (isKilled && spentMs >= options.graceMs + options.killMs)) return rest;
    for (const { pid } of rest) {
      if (spentMs >= options.graceMs) send(pid, 'SIGKILL');
      else if (!asked.has(pid)) send(pid, 'SIGTERM');
      asked.add(pid);
    }
    isKilled = spentMs >= options.graceMs;
    await sleep(clock, lookAgainMs);
  }
}

/** Send a signal to a process that may be gone already. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: it ended between the look and the signal, which is what was wanted.
  }
}
