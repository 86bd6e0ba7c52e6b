import { readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running server writes into `postmaster.pid` (src/include/utils/pidfile.h). */
export interface PostmasterPid {
  readonly pid: number;
  readonly dataFolder: string;
  readonly port: number;
  /** Empty while the server has no Unix socket yet. */
  readonly socketFolder: string;
  readonly isReady: boolean;
}

/** @returns the parts of the file's text, or undefined when it is not (yet) whole. */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const [pid = '', dataFolder = '', , port = '', socketFolder = '', , , status = ''] = text.split('\n');
  if (!/^\d+$/.test(pid) || dataFolder === '') return undefined;
  return {
    pid: Number(pid),
    dataFolder,
    port: Number(port),
    socketFolder: socketFolder.trim(),
    isReady: status.trim() === 'ready',
  };
}

/** @returns what the data folder's pid file says, or undefined when there is none. */
export async function readPostmasterPid(dataFolder: string): Promise<PostmasterPid | undefined> {
  try {
    return parsePostmasterPid(await readFile(join(dataFolder, 'postmaster.pid'), 'utf8'));
  } catch (caught) {
    if (isMissing(caught)) return undefined;
    throw caught;
  }
}

/**
 * Tell whether a process is the server of this data folder: a server's working folder is its data folder.
 * A number alone proves nothing, since numbers are used again after a restart of the machine.
 */
export async function isServerOf(dataFolder: string, pid: number): Promise<boolean> {
  try {
    const [workingFolder, command] = await Promise.all([
      readlink(`/proc/${pid}/cwd`),
      readFile(`/proc/${pid}/comm`, 'utf8'),
    ]);
    return workingFolder === (await realpath(dataFolder)) && command.trim() === 'postgres';
  } catch (caught) {
    if (isMissing(caught)) return false;
    throw caught;
  }
}

/** @returns whether there is a process of this number, whoever it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (caught) {
    return caught instanceof Error && 'code' in caught && caught.code === 'EPERM';
  }
}

/** ESRCH: the process ended while its folder in /proc was read. */
function isMissing(caught: unknown): boolean {
  return caught instanceof Error && 'code' in caught && (caught.code === 'ENOENT' || caught.code === 'ESRCH');
}
