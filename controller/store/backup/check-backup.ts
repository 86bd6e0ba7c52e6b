import { createHash } from 'node:crypto';
import { HomeroomError } from '@homeroom/protocol';
import * as v from 'valibot';
import { readMigrations } from '../migrate.ts';
import { type ArchiveEntry, type ArchivePlace, readArchive } from './archive-reader.ts';
import {
  aboutName,
  type BackupAbout,
  type BackupManifest,
  backupAbout,
  backupFormat,
  backupManifest,
  homesPrefix,
  manifestName,
} from './backup-format.ts';

/** Lists of some hundred tables and files; a manifest is never larger. */
const maxDocumentBytes = 16 * 1024 * 1024;

export interface CheckedBackup {
  readonly about: BackupAbout;
  readonly manifest: BackupManifest;
}

/**
 * Read a backup wholly and compare it with its manifest; nothing is written anywhere.
 *
 * @param onEntry is told how many entries were read
 * @throws backup_damaged, backup_passphrase_wrong, backup_too_new
 */
export async function checkBackup(
  place: ArchivePlace,
  onEntry: (entries: number) => void,
): Promise<CheckedBackup> {
  let about: BackupAbout | undefined;
  let manifest: BackupManifest | undefined;
  const seen = new SeenEntries();
  let entries = 0;
  for await (const entry of readArchive(place)) {
    const { name } = entry.header;
    if (manifest) throw damage(`${name} comes after the end`);
    if (about === undefined && name !== aboutName) throw damage('it does not begin as a backup does');
    if (name === manifestName) manifest = await readDocument(entry, backupManifest);
    else {
      const text = await seen.read(entry, name === aboutName);
      if (name === aboutName) about = await requireKnown(parse(text, backupAbout));
    }
    entries += 1;
    onEntry(entries);
  }
  if (!about || !manifest) throw damage('it was cut off');
  seen.compare(manifest);
  return { about, manifest };
}

/** Told at the beginning of the file: a newer backup may be of a shape that this version does not know. */
async function requireKnown(about: BackupAbout): Promise<BackupAbout> {
  if (about.format > backupFormat) {
    throw new HomeroomError(
      'backup_too_new',
      `The backup was made by Homeroom ${about.version}, in a newer format.`,
    );
  }
  const known = new Set((await readMigrations()).map(({ name }) => name));
  const unknown = about.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const detail = `The backup was made by Homeroom ${about.version}; this version does not know ${unknown.join(', ')} of its schema.`;
    throw new HomeroomError('backup_too_new', detail);
  }
  return about;
}

/** What a file holds in truth, beside what its manifest says. */
class SeenEntries {
  readonly #entries = new Map<string, string>();
  readonly #homes = { entries: 0, bytes: 0, hash: createHash('sha256') };

  /** @returns the text, where it is wanted */
  async read(entry: ArchiveEntry, isWanted: boolean): Promise<string> {
    const { name, size } = entry.header;
    const hash = createHash('sha256');
    const kept: Buffer[] = [];
    if (isWanted && size > maxDocumentBytes) throw damage(`${name} is too large`);
    for await (const chunk of entry.content) {
      hash.update(chunk);
      if (isWanted) kept.push(chunk);
    }
    this.#note(name, size, hash.digest('hex'));
    return Buffer.concat(kept).toString('utf8');
  }

  #note(name: string, bytes: number, sha256: string): void {
    if (name.startsWith(homesPrefix)) {
      // Names of folders may come back with a slash at their end.
      const told = name.replace(/\/$/, '');
      this.#homes.entries += 1;
      this.#homes.bytes += bytes;
      this.#homes.hash.update(`${sha256} ${bytes} ${told}\n`);
      return;
    }
    if (this.#entries.has(name)) throw damage(`${name} is there twice`);
    this.#entries.set(name, `${sha256} ${bytes}`);
  }

  compare({ entries, homes }: BackupManifest): void {
    const wrong = entries.find(({ name, sha256, bytes }) => this.#entries.get(name) !== `${sha256} ${bytes}`);
    if (wrong) throw damage(`${wrong.name} is not as it was written`);
    if (entries.length !== this.#entries.size) throw damage('it holds more than its manifest tells');
    const isSame =
      homes.entries === this.#homes.entries &&
      homes.bytes === this.#homes.bytes &&
      homes.sha256 === this.#homes.hash.digest('hex');
    if (!isSame) throw damage('the homes are not as they were written');
  }
}

async function readDocument<S extends v.GenericSchema>(
  entry: ArchiveEntry,
  schema: S,
): Promise<v.InferOutput<S>> {
  if (entry.header.size > maxDocumentBytes) throw damage(`${entry.header.name} is too large`);
  const chunks: Buffer[] = [];
  for await (const chunk of entry.content) chunks.push(chunk);
  return parse(Buffer.concat(chunks).toString('utf8'), schema);
}

function parse<S extends v.GenericSchema>(text: string, schema: S): v.InferOutput<S> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (parsed.success) return parsed.output;
  throw damage('what it says about itself cannot be understood');
}

function damage(what: string): HomeroomError {
  return new HomeroomError('backup_damaged', `The backup is damaged: ${what}.`);
}
