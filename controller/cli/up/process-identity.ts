import { readFileSync } from 'node:fs';

/** Names one run of one process: a pid alone may have been given to another since. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started: clock ticks since boot, and which boot. */
  readonly startedAt: string;
}

/** @returns the identity of a running process; undefined when there is none, or no /proc to tell. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  try {
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const ticks = startTicksOf(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return ticks === undefined ? undefined : { pid, startedAt: `${bootId}:${ticks}` };
  } catch {
    // No such process, or not Linux: either way there is nothing to name.
    return undefined;
  }
}

/** @returns whether that very process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/**
 * @param stat the text of `/proc/<pid>/stat`; see proc(5)
 * @returns its field 22, or undefined for a zombie, which has ended; one with threads that still end holds its ports yet
 */
export function startTicksOf(stat: string): string | undefined {
  // The name in field 2 may hold spaces and brackets, so fields are counted from the last bracket: field 3 is first.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isOver = fields[0] === 'Z' && Number(fields[20 - 3]) <= 1;
  return isOver ? undefined : fields[22 - 3];
}
