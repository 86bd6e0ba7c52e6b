/**
 * PostgreSQL refuses to run as root. As root it therefore runs
 * - in a user namespace of its own, where root's uid is called 65534: it sees an ordinary uid, its files
 *   stay root's, no account is needed, and a folder that only root may enter is no obstacle;
 * - where user namespaces are forbidden (many containers), as the account `postgres`, if there is one; then
 *   the data folder becomes that account's, and the folders above must let it pass.
 */
import { execFile } from 'node:child_process';
import { chmod, lchown, lstat, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { HomeroomError } from '@homeroom/protocol';

const run = promisify(execFile);

export interface Identity {
  /** Put before the program's own arguments. */
  readonly prefix: readonly string[];
  /** Given to `spawn`. */
  readonly credentials: { readonly uid?: number; readonly gid?: number };
  /** Whose the data folder must be. */
  readonly owner: { readonly uid: number; readonly gid: number };
}

const namespacePrefix = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];

/** @throws database_start_failed when the process is root and there is no way not to be */
export async function chooseIdentity(signal: AbortSignal): Promise<Identity> {
  const uid = process.getuid?.() ?? -1;
  const gid = process.getgid?.() ?? -1;
  if (uid !== 0) return { prefix: [], credentials: {}, owner: { uid, gid } };
  if (await areNamespacesAllowed(signal)) {
    return { prefix: namespacePrefix, credentials: {}, owner: { uid, gid } };
  }
  const account = parseAccount(await readFile('/etc/passwd', 'utf8'), 'postgres');
  if (account) return { prefix: [], credentials: account, owner: account };
  throw new HomeroomError(
    'database_start_failed',
    'PostgreSQL does not run as root, user namespaces are forbidden here, and there is no account `postgres` (adduser --system --group postgres)',
  );
}

async function areNamespacesAllowed(signal: AbortSignal): Promise<boolean> {
  const [program = '', ...options] = namespacePrefix;
  try {
    await run(program, [...options, 'true'], { signal });
    return true;
  } catch {
    // Forbidden, or no `unshare`: the answer is the same.
    return false;
  }
}

/** @returns the uid and gid of an account in the text of /etc/passwd. */
export function parseAccount(passwd: string, name: string): { uid: number; gid: number } | undefined {
  const [, , uid, gid] =
    passwd
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Give a folder and all that is in it to whom the server will run as. */
export async function takeOwnership(folder: string, owner: Identity['owner']): Promise<void> {
  const { uid, gid } = await lstat(folder);
  if (uid === owner.uid && gid === owner.gid) return;
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, entry), owner.uid, owner.gid);
  }
  // Last, so that a take-over that was cut off is begun again.
  await lchown(folder, owner.uid, owner.gid);
}

const othersMayPass = 0o001;

/**
 * Let the account that the server runs as get to its folder. The controller's own folder is opened for passing
 * through, not for looking around; folders above it are not ours to change.
 *
 * @throws database_start_failed that names the first folder in the way
 */
export async function openWay(folder: string, owner: Identity['owner']): Promise<void> {
  if (owner.uid === process.getuid?.()) return;
  const { mode } = await stat(folder);
  await chmod(folder, mode | othersMayPass);
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    const entry = await stat(above);
    if (entry.uid === owner.uid || entry.mode & othersMayPass) continue;
    throw new HomeroomError(
      'database_start_failed',
      `the account postgres, which the database runs as here, may not enter ${above}: choose a data folder elsewhere, or chmod o+x ${above}`,
    );
  }
}
