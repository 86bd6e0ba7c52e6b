import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { HomeroomError } from '@homeroom/protocol/wire';

/**
 * Make a folder that is one user's alone. One that is there already must be that user's: nothing below it
 * is touched, since whatever stands there is the user's to choose, links included.
 *
 * @param owner null when sessions run as the agent's own user
 * @throws xserver_failed when the folder belongs to somebody else
 */
export async function makeUserFolder(folder: string, owner: number | null): Promise<void> {
  const isNew = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  if (isNew && owner !== null) await chown(folder, owner, owner);
  const found = await lstat(folder);
  if (!found.isDirectory() || (owner !== null && found.uid !== owner)) {
    throw new HomeroomError(
      'xserver_failed',
      `${folder} is not a folder of uid ${owner}; give it to that uid`,
    );
  }
  await chmod(folder, 0o700);
}
