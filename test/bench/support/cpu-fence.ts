import { existsSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Short, so that a process that has used up its share waits for milliseconds only. */
const periodUs = 50_000;

/**
 * Hold a process to a share of one core, by a control group of the kernel's.
 *
 * @returns what lets it go; undefined where this process may not make control groups (most containers)
 */
export async function holdToShare(pid: number, share: number): Promise<AsyncDisposable | undefined> {
  const quotaUs = Math.round(periodUs * share);
  const isFirstVersion = existsSync('/sys/fs/cgroup/cpu/cpu.cfs_quota_us');
  const folder = join(isFirstVersion ? '/sys/fs/cgroup/cpu' : '/sys/fs/cgroup', `homeroom-bench-${pid}`);
  const settings = isFirstVersion
    ? { 'cpu.cfs_period_us': `${periodUs}`, 'cpu.cfs_quota_us': `${quotaUs}` }
    : { 'cpu.max': `${quotaUs} ${periodUs}` };
  const moveTo = (group: string) => writeFile(join(group, 'cgroup.procs'), String(pid));
  try {
    await mkdir(folder);
    for (const [file, value] of Object.entries(settings)) await writeFile(join(folder, file), value);
    await moveTo(folder);
  } catch {
    // Not ours to make: the caller measures without.
    await rmdir(folder).catch(() => undefined);
    return undefined;
  }
  return {
    async [Symbol.asyncDispose]() {
      await moveTo(dirname(folder));
      await rmdir(folder);
    },
  };
}
