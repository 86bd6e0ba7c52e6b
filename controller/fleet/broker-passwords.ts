import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The broker's read-only account, and that of the controller's other processes. */
export type BrokerPasswordFile = 'observer-password' | 'broker-password';

/**
 * A password of the broker's, made at the first start and kept readable by the owner alone.
 *
 * @param dir made when missing
 * @returns the password
 */
export async function loadOrCreateBrokerPassword(dir: string, file: BrokerPasswordFile): Promise<string> {
  const path = join(dir, file);
  await mkdir(dir, { recursive: true });
  try {
    // Exclusive: two that start at once agree on what the first one wrote.
    await writeFile(path, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (caught) {
    if (!(caught instanceof Error && 'code' in caught && caught.code === 'EEXIST')) throw caught;
  }
  return (await readFile(path, 'utf8')).trim();
}
