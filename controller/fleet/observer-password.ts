import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fileName = 'observer-password';

/**
 * The password of the broker's read-only account, made at the first start and kept readable by the owner alone.
 *
 * @param dir made when missing
 * @returns the password
 */
export async function loadOrCreateObserverPassword(dir: string): Promise<string> {
  const path = join(dir, fileName);
  await mkdir(dir, { recursive: true });
  try {
    // Exclusive: two that start at once agree on what the first one wrote.
    await writeFile(path, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (caught) {
    if (!(caught instanceof Error && 'code' in caught && caught.code === 'EEXIST')) throw caught;
  }
  return (await readFile(path, 'utf8')).trim();
}
