import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ProcessIdentity, readProcess } from '../process-table.ts';

const script = fileURLToPath(new URL('launch.sh', import.meta.url));
/** More than any desktop needs, and fewer than would starve the machine. */
const maxProcesses = 2_000;
const oomScore = 300;

export interface LaunchOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly stdio: StdioOptions;
  /** The user to become; null to stay the agent's. */
  readonly uid: number | null;
  /** Control groups to join before anything else runs. */
  readonly groups: readonly string[];
}

export interface Launched {
  readonly child: ChildProcess;
  readonly identity: ProcessIdentity;
}

/**
 * Start a program of a desktop, detached: it outlives the agent.
 *
 * @throws when it cannot be started at all
 */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { uid } = options;
  const child = spawn(
    '/bin/sh',
    [
      script,
      uid === null ? '-' : String(uid),
      // The limit counts all processes of a uid; a shared uid has the agent's own among them.
      uid === null ? '-' : String(maxProcesses),
      String(oomScore),
      ...options.groups,
      '--',
      options.command,
      ...options.args,
    ],
    { env: options.env, stdio: options.stdio, detached: true, cwd: '/' },
  );
  await once(child, 'spawn');
  child.unref();
  const row = child.pid === undefined ? undefined : await readProcess(child.pid);
  if (!row) throw new Error(`${options.command} ended at once`);
  return { child, identity: { pid: row.pid, startTicks: row.startTicks } };
}
