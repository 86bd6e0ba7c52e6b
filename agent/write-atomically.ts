import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HomeroomError, toError } from '@homeroom/protocol/wire';

const noSpace: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Write a file so that a loss of power leaves the old one or the new one, never half of either.
 * Readable by its owner alone.
 *
 * @throws disk_full, and whatever else the file system says
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (caught) {
    const error = toError(caught);
    await rm(temporary, { force: true }).catch(() => undefined);
    if ('code' in error && noSpace.has(error.code))
      throw new HomeroomError('disk_full', path, { cause: error });
    throw error;
  }
}
