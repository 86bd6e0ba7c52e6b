import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Debian puts programs. */
export const programFolders = ['/usr/local/bin', '/usr/bin', '/bin'] as const;

/** @returns the path of the first of `names` that is installed in one of `folders`, or undefined. */
export async function findProgram(
  names: readonly string[],
  folders: readonly string[] = programFolders,
): Promise<string | undefined> {
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
