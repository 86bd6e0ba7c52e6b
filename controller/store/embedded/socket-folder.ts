/**
 * The server listens on a Unix socket alone. Whoever may enter the socket's folder (0700: our user, and
 * root) may connect, without a password. That is the same fence that guards the data files themselves, so a
 * password beside them would guard nothing more; and `peer` cannot work where a user namespace renames uids.
 */
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const socketPort = 5432;
/** sun_path has 108 bytes, the last a NUL (unix(7)). */
const maxPathBytes = 107;

/** @returns whether the socket's whole path fits; the lock file beside it does not count. */
export function isShortEnough(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${socketPort}`)) <= maxPathBytes;
}

/** @returns a folder for the socket: in the data folder, or a private one below /tmp when its path is too long. */
export async function makeSocketFolder(
  parent: string,
  owner: { readonly uid: number; readonly gid: number },
): Promise<string> {
  const wanted = join(parent, 'postgres-socket');
  const folder = isShortEnough(wanted) ? wanted : await mkdtemp(join(tmpdir(), 'homeroom-'));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await chown(folder, owner.uid, owner.gid);
  return folder;
}

/** Take away the folder below /tmp, where that one was used; the server must have stopped. */
export async function removeSocketFolder(folder: string, parent: string): Promise<void> {
  if (!folder.startsWith(parent)) await rm(folder, { recursive: true, force: true });
}

/** @returns the URL of a database behind the socket in `folder`. */
export function socketUrl(folder: string, database: string): string {
  return `postgres://homeroom@/${database}?host=${encodeURIComponent(folder)}&port=${socketPort}`;
}
