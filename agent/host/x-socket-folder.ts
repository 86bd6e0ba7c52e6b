import { chmod, lstat, mkdir } from 'node:fs/promises';
import { HomeroomError } from '@homeroom/protocol/wire';

/**
 * Make the folder of X sockets, which X servers that are not root cannot make themselves. What is there already is
 * left as it is: anybody may have put a link of that name into /tmp, to have us open another folder to everybody.
 *
 * @throws xserver_failed when something else has the name
 */
export async function makeXSocketFolder(folder: string): Promise<void> {
  const isNew = await mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  if (isNew) await chmod(folder, 0o1777);
  else if (!(await lstat(folder)).isDirectory())
    throw new HomeroomError('xserver_failed', `${folder} is no folder; remove it`);
}
