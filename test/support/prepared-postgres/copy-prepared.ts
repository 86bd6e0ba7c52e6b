import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const timeoutMs = 180_000;

/**
 * Copy the files of a server with the migrated template to another data folder. The first who asks makes them; who asks
 * meanwhile does not wait for that.
 *
 * @param folder the run's own, of {@link setup}
 * @returns whether it was copied; else the data folder is as it was
 */
export async function copyPrepared(folder: string, dataDir: string): Promise<boolean> {
  if (!existsSync(readyFile(folder)) && !(await make(folder))) return false;
  // With their owner: the server refuses files of another.
  await run('cp', ['-a', '--reflink=auto', join(folder, 'postgres'), dataDir]);
  return true;
}

/** @returns false when somebody else makes it */
async function make(folder: string): Promise<boolean> {
  const isFirst = await mkdir(join(folder, 'making')).then(
    () => true,
    () => false,
  );
  if (!isFirst) return false;
  await run(process.execPath, [join(import.meta.dirname, 'main.ts'), folder], { timeout: timeoutMs });
  await writeFile(readyFile(folder), '');
  return true;
}

function readyFile(folder: string): string {
  return join(folder, 'ready');
}
