import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { waitFor } from '../../support/wait-for.ts';

export interface FoundProcess {
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
  /** The arguments, joined by blanks. */
  readonly command: string;
}

/**
 * Find the processes that belong to a folder: those that name it in their arguments, their environment (a desktop's
 * home), or work in it (the database), and everything that these have started.
 *
 * @param roots process numbers that belong to it whatever they say
 */
export async function findProcesses(folder: string, roots: readonly number[] = []): Promise<FoundProcess[]> {
  const rows = (await Promise.all((await readdir('/proc')).filter(isNumber).map(readProcess))).filter(
    (row) => row !== undefined,
  );
  const others = rows.filter(({ pid }) => pid !== process.pid);
  const owned = new Set(
    others.filter(({ pid, told }) => roots.includes(pid) || told.includes(folder)).map(({ pid }) => pid),
  );
  for (let known = -1; known < owned.size; ) {
    known = owned.size;
    for (const { pid, parent } of others) if (owned.has(parent)) owned.add(pid);
  }
  return others.filter(({ pid }) => owned.has(pid)).map(({ told: _, ...found }) => found);
}

/** @returns once they are all gone */
export async function killProcesses(processes: readonly FoundProcess[]): Promise<void> {
  for (const { pid } of processes) kill(pid);
  await waitFor('the killed processes are gone', async () => {
    const left = await Promise.all(processes.map(({ pid }) => readProcess(String(pid))));
    return left.every((row) => row === undefined);
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

const isNumber = (name: string) => /^\d+$/.test(name);

async function readProcess(pid: string): Promise<(FoundProcess & { told: string }) | undefined> {
  const folder = `/proc/${pid}`;
  try {
    const [status, command, environment, workingFolder, { uid }] = await Promise.all([
      readFile(`${folder}/stat`, 'utf8'),
      readFile(`${folder}/cmdline`, 'utf8'),
      readFile(`${folder}/environ`, 'utf8'),
      readlink(`${folder}/cwd`),
      stat(folder),
    ]);
    const [state, parent] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    // A zombie has no command and waits for its parent alone.
    if (state === 'Z') return undefined;
    const words = command.replaceAll('\0', ' ').trim();
    return {
      pid: Number(pid),
      parent: Number(parent),
      uid,
      command: words,
      told: `${words} ${environment} ${workingFolder}`,
    };
  } catch {
    // It has ended meanwhile, or is none of ours to read.
    return undefined;
  }
}
