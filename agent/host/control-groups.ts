import { mkdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, sleep } from '../clock.ts';

const removeTries = 20;
const removeAgainMs = 25;

/** A control group per desktop: a ceiling for its memory, and a list of its processes that none can leave. */
export interface ControlGroups {
  /** What the kernel offers here: `none` means no memory ceiling. */
  readonly kind: 'v2' | 'v1' | 'none';
  /**
   * Make the group of a desktop, or set its ceiling anew.
   *
   * @returns the files into which a process writes its number to join; empty when there are no groups
   */
  create(desktop: string, memoryMiB: number | null): Promise<string[]>;
  /** @returns the processes in the group; empty when there is none. */
  members(desktop: string): Promise<number[]>;
  /** Remove an empty group. One that is not there is no fault. */
  remove(desktop: string): Promise<void>;
}

/**
 * @param root where control groups are mounted
 * @returns version 2 where it has the memory controller and can be written, else version 1, else none
 */
export async function detectControlGroups(root: string, clock: Clock): Promise<ControlGroups> {
  const unified = join(root, 'homeroom');
  if (await canMake(join(root, 'cgroup.controllers'), unified)) {
    await writeFile(join(unified, 'cgroup.subtree_control'), '+memory').catch(() => undefined);
    const folder = (desktop: string) => join(unified, desktop);
    return controlGroups('v2', folder, 'memory.max', clock);
  }
  const memory = join(root, 'memory', 'homeroom');
  if (await canMake(join(root, 'memory', 'memory.limit_in_bytes'), memory)) {
    return controlGroups('v1', (desktop) => join(memory, desktop), 'memory.limit_in_bytes', clock);
  }
  return {
    kind: 'none',
    create: () => Promise.resolve([]),
    members: () => Promise.resolve([]),
    remove: () => Promise.resolve(),
  };
}

async function canMake(marker: string, folder: string): Promise<boolean> {
  try {
    await stat(marker);
    await mkdir(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

function controlGroups(
  kind: 'v1' | 'v2',
  folderOf: (desktop: string) => string,
  ceilingFile: string,
  clock: Clock,
): ControlGroups {
  const members = async (desktop: string) => {
    const text = await readFile(join(folderOf(desktop), 'cgroup.procs'), 'utf8').catch(() => '');
    return text.split('\n').filter(Boolean).map(Number);
  };
  return {
    kind,
    members,
    create: async (desktop, memoryMiB) => {
      const folder = folderOf(desktop);
      await mkdir(folder, { recursive: true });
      if (memoryMiB !== null) await writeFile(join(folder, ceilingFile), String(memoryMiB * 1024 * 1024));
      return [join(folder, 'cgroup.procs')];
    },
    remove: async (desktop) => {
      // A group with a process that was killed just now is busy until the kernel has let go of it.
      for (let tries = 0; tries < removeTries; tries += 1) {
        const isGone = await rmdir(folderOf(desktop)).then(
          () => true,
          (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
        );
        if (isGone) return;
        await sleep(clock, removeAgainMs);
      }
    },
  };
}
