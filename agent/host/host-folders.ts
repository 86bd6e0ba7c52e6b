import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HomeroomError } from '@homeroom/protocol/wire';
import { type HostLayout, hostLayout } from './host-layout.ts';

export interface HostFoldersOptions {
  readonly dataDir: string;
  /** The agent's own uid; sessions get uids of their own when it is 0. */
  readonly uid: number;
}

/**
 * Choose where a host keeps its things, and make the folders.
 *
 * Users must be able to walk down to their homes. Where the data folder lies below a closed one (root's home,
 * a temporary folder), homes go to `/var/lib/homeroom/<hash of the data folder>` instead. Everything outside the
 * data folder has that hash in its path, so no agent ever meets, or removes, what is another's.
 */
export async function makeHostFolders({ dataDir, uid }: HostFoldersOptions): Promise<HostLayout> {
  await mkdir(dataDir, { recursive: true });
  const data = await realpath(dataDir);
  const key = createHash('sha256').update(data).digest('hex').slice(0, 12);
  if (uid === 0) await openForWalkingThrough(data);
  const users = uid !== 0 || (await isOpenToAll(data)) ? data : join('/var/lib/homeroom', key);
  const layout = hostLayout({ data, users, run: join(await runRoot(uid), key) });
  await keepHostFolders(layout, uid);
  return layout;
}

/**
 * Make what is missing of a host's folders, each with the owner and mode that keep users apart. What lies on
 * `/run` or `/tmp` may be tidied away while the agent runs.
 *
 * @param uid the agent's own
 * @throws xserver_failed when the folder for sockets is somebody else's
 */
export async function keepHostFolders(layout: HostLayout, uid: number): Promise<void> {
  const isRoot = uid === 0;
  const walkable = isRoot ? 0o711 : 0o700;
  await makeRunRoot(dirname(layout.runDir), uid);
  await makeFolder(layout.recordsDir, 0o700);
  for (const folder of [dirname(layout.homesDir), layout.runDir, layout.homesDir, layout.userRunDir])
    await makeFolder(folder, walkable);
  await makeFolder(layout.lookDir, isRoot ? 0o755 : 0o700);
}

/** The agent's folder itself: others may walk through it and see nothing of it. */
async function openForWalkingThrough(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  await chmod(folder, (mode & 0o777) | 0o011);
}

async function makeFolder(folder: string, mode: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode });
  await chmod(folder, mode);
}

async function isOpenToAll(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || isOpenToAll(parent);
}

async function runRoot(uid: number): Promise<string> {
  if (uid === 0) return '/run/homeroom';
  const own = `/run/user/${uid}`;
  const hasOwn = await stat(own).then(
    (found) => found.uid === uid,
    () => false,
  );
  return hasOwn ? join(own, 'homeroom') : `/tmp/homeroom-${uid}`;
}

async function makeRunRoot(root: string, uid: number): Promise<void> {
  if (uid === 0) return makeFolder(root, 0o711);
  await makeFolder(root, 0o700).catch(() => undefined);
  await refuseForeignFolder(root, uid);
}

/** Anybody may make a folder of that name in /tmp before us. */
async function refuseForeignFolder(folder: string, uid: number): Promise<void> {
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return;
  throw new HomeroomError('xserver_failed', `${folder} belongs to somebody else; remove it`);
}
