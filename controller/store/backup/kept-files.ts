import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Of the database: its rows are saved, not its files. And where the controller answers just now. */
const notKept = /^(?:postgres.*|address\.json|.*\.part)$/;
/** A certificate has some thousand bytes; what is larger is no secret of ours. */
const maxBytes = 1024 * 1024;
const maxDepth = 3;

/** The key of sealed secrets, wherever it lies. */
export const secretKeyName = 'controller/secret-key';

/** A file of the data folder that a backup keeps. */
export interface KeptFile {
  /** Below the data folder, with slashes. */
  readonly name: string;
  readonly content: Buffer;
}

/**
 * What a controller needs to go on and is in no table: certificates, the broker's passwords, the key of sealed secrets,
 * the admin's token; the credentials of agents of the same folder; the settings.
 *
 * @param dataDir the data folder
 * @param secretKeyFile where the key of sealed secrets is, if not in the folder
 */
export async function readKeptFiles(dataDir: string, secretKeyFile?: string): Promise<KeptFile[]> {
  const own = await readBelow(dataDir, 'controller', maxDepth);
  const key =
    secretKeyFile === undefined ? [] : [{ name: secretKeyName, content: await readFile(secretKeyFile) }];
  const files = [...own.filter(({ name }) => key.length === 0 || name !== secretKeyName), ...key];
  const agents = await readdir(join(dataDir, 'agents')).catch(orNothing);
  const single = [...agents.map((agent) => `agents/${agent}/credential.json`), 'config.json'];
  const others = await Promise.all(single.map((name) => readOne(dataDir, name)));
  return [...files, ...others.flat()];
}

async function readBelow(dataDir: string, folder: string, depth: number): Promise<KeptFile[]> {
  if (depth === 0) return [];
  const names = await readdir(join(dataDir, folder), { withFileTypes: true }).catch(orNothing);
  const found = names
    .filter(({ name }) => !notKept.test(name))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map((entry) => {
      const name = `${folder}/${entry.name}`;
      return entry.isDirectory() ? readBelow(dataDir, name, depth - 1) : readOne(dataDir, name);
    });
  return (await Promise.all(found)).flat();
}

/** @returns the file; nothing when it is not there, or no plain and small file */
async function readOne(dataDir: string, name: string): Promise<KeptFile[]> {
  const path = join(dataDir, name);
  const found = await lstat(path).catch(orUndefined);
  if (!found?.isFile() || found.size > maxBytes) return [];
  return [{ name, content: await readFile(path) }];
}

function orNothing(caught: unknown): [] {
  orUndefined(caught);
  return [];
}

function orUndefined(caught: unknown): undefined {
  const isMissing =
    caught instanceof Error && 'code' in caught && ['ENOENT', 'ENOTDIR'].includes(`${caught.code}`);
  if (!isMissing) throw caught;
}

/** @returns whether a name of an archive is one of those that {@link readKeptFiles} gives: nothing leads out of the folder */
export function isKeptName(name: string): boolean {
  return (
    /^(?:controller(?:\/[A-Za-z0-9][A-Za-z0-9._-]*){1,3}|agents\/[A-Za-z0-9][A-Za-z0-9._-]*\/credential\.json|config\.json)$/.test(
      name,
    ) && !notKept.test(name.split('/')[1] ?? '')
  );
}
