/**
 * Puts files into a folder that its user can change meanwhile. Rules:
 * - nothing of it is trusted: each name is opened relative to its opened folder and no link is followed, so nothing is
 *   written outside of it;
 * - nothing that stands there is replaced or changed: a name that is taken gets a number;
 * - a file appears whole or not at all, and is its user's.
 */
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, mkdir, open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  type CommandArgs,
  errorCodeOf,
  type HandOutReport,
  HomeroomError,
  toError,
} from '@homeroom/protocol/wire';
import { numberedName } from './numbered-name.ts';
import { makeUserFolder } from './user-folders.ts';

export interface HandOutOptions {
  /** Made when it is not there yet; nobody but root can put another folder in its place. */
  readonly home: string;
  /** The folder in it. */
  readonly folder: string;
  /** Whose files they will be; null when sessions run as the agent's own user. */
  readonly owner: number | null;
  readonly files: CommandArgs<'files.put'>['files'];
  readonly fetch: (path: string, signal: AbortSignal) => Promise<Readable>;
  readonly signal: AbortSignal;
}

type File = HandOutOptions['files'][number];
type Outcome = HandOutReport['files'][number];

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
const openFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
const openAny = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
const openNew = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
/** A folder with more files of one name is no folder to hand out into. */
const maxNumber = 50;

/**
 * Hand out.
 *
 * @returns what became of each file, in the order asked
 * @throws xserver_failed when the home belongs to somebody else, conflict when the folder does or is none
 */
export async function handOutFiles(options: HandOutOptions): Promise<HandOutReport> {
  const { home: homePath, owner, files, signal } = options;
  await makeUserFolder(homePath, owner);
  await using home = await open(homePath, openFolder);
  await using folder = await openOwnFolder(home, options.folder, owner);
  const outcomes: Outcome[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    outcomes.push(await handOut(file, folder, options));
  }
  return { files: outcomes };
}

async function handOut(file: File, folder: FileHandle, options: HandOutOptions): Promise<Outcome> {
  const { name, sizeBytes } = file;
  try {
    const earlier = await findEarlier(file, folder, options.owner);
    if (earlier !== undefined) return { name, state: 'there', savedAs: earlier, sizeBytes };
    return { name, state: 'written', savedAs: await fetchInto(file, folder, options), sizeBytes };
  } catch (caught) {
    options.signal.throwIfAborted();
    const error = diskFaultOf(toError(caught));
    const message = error instanceof HomeroomError ? error.detail : error.message;
    return {
      ...{ name, state: 'failed', savedAs: null, sizeBytes },
      error: { code: errorCodeOf(error), message: message.slice(0, 200) },
    };
  }
}

async function openOwnFolder(home: FileHandle, name: string, owner: number | null): Promise<FileHandle> {
  const isNew = await mkdir(below(home, name), { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  const folder = await open(below(home, name), openFolder).catch((cause: unknown) => {
    throw new HomeroomError('conflict', `${name} is no folder`, { cause });
  });
  const found = await folder.stat();
  // Ours only between the two lines above; what the user put in its place meanwhile is the user's.
  if (isNew && owner !== null && found.uid === process.getuid?.()) await folder.chown(owner, owner);
  else if (owner !== null && found.uid !== owner) {
    await folder.close();
    throw new HomeroomError('conflict', `${name} belongs to somebody else`);
  }
  return folder;
}

/** @returns the name under which the very same content stands there already */
async function findEarlier(
  file: File,
  folder: FileHandle,
  owner: number | null,
): Promise<string | undefined> {
  for (let number = 1; number <= maxNumber; number += 1) {
    const name = numberedName(file.name, number);
    try {
      await using there = await open(below(folder, name), openAny);
      const found = await there.stat();
      const isLike =
        found.isFile() && found.size === file.sizeBytes && (owner === null || found.uid === owner);
      if (isLike && (await hashOf(there)) === file.sha256) return name;
    } catch (caught) {
      if (isCode(caught, 'ENOENT')) return undefined;
      if (!isCode(caught, 'ELOOP') && !isCode(caught, 'ENXIO')) throw caught;
    }
  }
  return undefined;
}

/** @returns the name that it got */
async function fetchInto(file: File, folder: FileHandle, options: HandOutOptions): Promise<string> {
  const part = below(folder, `.${randomBytes(9).toString('base64url')}.part`);
  try {
    await using written = await open(part, openNew, 0o600);
    await receive(file, written, options);
    if (options.owner !== null) await written.chown(options.owner, options.owner);
    return await giveName(part, file.name, folder);
  } finally {
    await rm(part, { force: true });
  }
}

async function receive(file: File, target: FileHandle, { fetch, signal }: HandOutOptions): Promise<void> {
  const hash = createHash('sha256');
  let received = 0;
  const content = await fetch(file.path, signal);
  for await (const chunk of content as AsyncIterable<Buffer>) {
    received += chunk.byteLength;
    if (received > file.sizeBytes) throw new HomeroomError('payload_invalid', 'it is larger than was told');
    hash.update(chunk);
    await target.writeFile(chunk);
  }
  if (received === file.sizeBytes && hash.digest('hex') === file.sha256) return;
  throw new HomeroomError('payload_invalid', 'what came is not what was told');
}

/** A link is made only where nothing stands yet. */
async function giveName(part: string, name: string, folder: FileHandle): Promise<string> {
  for (let number = 1; number <= maxNumber; number += 1) {
    const candidate = numberedName(name, number);
    try {
      await link(part, below(folder, candidate));
      return candidate;
    } catch (caught) {
      if (!isCode(caught, 'EEXIST')) throw caught;
    }
  }
  throw new HomeroomError('conflict', `${maxNumber} files of that name stand there already`);
}

async function hashOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ autoClose: false, start: 0 })) hash.update(chunk);
  return hash.digest('hex');
}

/** A name relative to an opened folder, whatever becomes of the folder's own name. */
function below(folder: FileHandle, name: string): string {
  return `/proc/self/fd/${folder.fd}/${name}`;
}

function diskFaultOf(error: Error): Error {
  const isFull = isCode(error, 'ENOSPC') || isCode(error, 'EDQUOT');
  return isFull ? new HomeroomError('disk_full', 'the disk of the host is full', { cause: error }) : error;
}

function isCode(caught: unknown, code: string): boolean {
  return caught instanceof Error && 'code' in caught && caught.code === code;
}
