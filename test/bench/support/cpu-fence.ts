import { existsSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Short, so that a process that has used up its share waits for milliseconds only. */
const periodUs = 50_000;

/** Holds processes to a share of a core. */
export interface CpuFence extends AsyncDisposable {
  add(pid: number): Promise<void>;
}

/**
 * Make a control group of the kernel's that may use a share of one core.
 *
 * @param name of the group
 * @returns undefined where this process may not make any (most containers)
 */
export async function makeCpuFence(name: string, share: number): Promise<CpuFence | undefined> {
  const quotaUs = Math.round(periodUs * share);
  const isFirstVersion = existsSync('/sys/fs/cgroup/cpu/cpu.cfs_quota_us');
  const folder = join(isFirstVersion ? '/sys/fs/cgroup/cpu' : '/sys/fs/cgroup', name);
  const settings = isFirstVersion
    ? { 'cpu.cfs_period_us': `${periodUs}`, 'cpu.cfs_quota_us': `${quotaUs}` }
    : { 'cpu.max': `${quotaUs} ${periodUs}` };
  try {
    await mkdir(folder);
    for (const [file, value] of Object.entries(settings)) await writeFile(join(folder, file), value);
  } catch {
    // Not ours to make: the caller measures without.
    await rmdir(folder).catch(() => undefined);
    return undefined;
  }
  return {
    add: (pid) => writeFile(join(folder, 'cgroup.procs'), String(pid)),
    [Symbol.asyncDispose]: () => rmdir(folder),
  };
}
