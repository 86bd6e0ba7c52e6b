import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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
  return (await read(path)) ?? (await create(path));
}

async function read(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (caught) {
    if (hasCode(caught, 'ENOENT')) return undefined;
    throw caught;
  }
}

/** Two that start at once agree on what the first one wrote; it gets its name when it is whole. */
async function create(path: string): Promise<string> {
  const partial = `${path}.${randomUUID()}`;
  try {
    await writeFile(partial, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
    await link(partial, path);
  } catch (caught) {
    if (!hasCode(caught, 'EEXIST')) throw caught;
  } finally {
    await rm(partial, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}

function hasCode(caught: unknown, code: string): boolean {
  return caught instanceof Error && 'code' in caught && caught.code === code;
}
