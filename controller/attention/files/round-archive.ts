import type { Readable } from 'node:stream';
import { finished } from 'node:stream';
import { type FileRound, HomeroomError } from '@homeroom/protocol';
import { ZipFile } from 'yazl';
import type { Database } from '../../store/database.ts';
import type { FileShelf } from './file-shelf.ts';
import { safeName, UniqueNames } from './safe-names.ts';
import type { UnpackedFile } from './unpack-tar.ts';

export interface RoundArchiveOptions {
  readonly db: Database;
  readonly shelf: FileShelf;
}

interface KeptRow {
  readonly user: string;
  readonly files: UnpackedFile[];
}

const keptSql = `
select p.user_id as "user", p.report->'kept' as files from file_round_people p join file_rounds r on r.id = p.round_id
where p.round_id = $1 and p.state = 'done' and p.report ? 'kept' and r.emptied_at is null`;
const emptiedSql = 'select from file_rounds where id = $1 and emptied_at is not null';

/** What a round collected, as one ZIP with a folder for each person, made while it is sent. */
export class RoundArchive {
  readonly #options: RoundArchiveOptions;

  constructor(options: RoundArchiveOptions) {
    this.#options = options;
  }

  /**
   * @returns the archive; what has not come yet is named in its `Not collected.txt`
   * @throws file_gone once its files were removed
   */
  async of(round: FileRound): Promise<Readable> {
    const { db, shelf } = this.#options;
    if ((await db.query(emptiedSql, [round.id])).length > 0) throw new HomeroomError('file_gone');
    const kept = new Map((await db.query<KeptRow>(keptSql, [round.id])).map((row) => [row.user, row.files]));
    const zip = new LazyZip(shelf);
    const folders = new UniqueNames();
    const gone: string[] = [];
    for (const { user, displayName, username } of round.people) {
      const folder = folders.take(safeName(`${displayName} (${username})`) || username);
      for (const [index, file] of (kept.get(user) ?? []).entries()) {
        const [name, path] = [`${folder}/${file.path}`, shelf.collected(round.id, user, index)];
        // Once it is being sent, nothing can be told any more.
        if (await shelf.has(path)) zip.addFile(name, path);
        else gone.push(`${name}: is gone.\r\n`);
      }
    }
    const missing = `${missingText(round)}${gone.join('')}`;
    if (missing !== '') zip.addText('Not collected.txt', missing);
    return zip.finish();
  }
}

/** A ZIP that opens each file when its turn comes: hundreds of open files would be too many. */
class LazyZip {
  readonly #zip = new ZipFile();
  readonly #shelf: Pick<FileShelf, 'read'>;
  #reading: Readable | undefined;

  constructor(shelf: Pick<FileShelf, 'read'>) {
    this.#shelf = shelf;
  }

  addFile(name: string, path: string): void {
    this.#zip.addReadStreamLazy(name, (take) => {
      this.#shelf.read(path).then(
        (content) => {
          this.#reading = content;
          take(null, content);
        },
        (caught: unknown) => this.#zip.emit('error', caught),
      );
    });
  }

  addText(name: string, text: string): void {
    this.#zip.addBuffer(Buffer.from(text), name);
  }

  /** Nothing more comes. @returns what is to be sent; it fails when a file of it cannot be read */
  finish(): Readable {
    this.#zip.end();
    const output = this.#zip.outputStream as Readable;
    this.#zip.on('error', (error: Error) => output.destroy(error));
    // Whoever downloads it may break off in the middle of a file.
    finished(output, () => this.#reading?.destroy());
    return output;
  }
}

/** @returns a line for each whose files are not all there; empty when nothing is missing */
function missingText({ people }: FileRound): string {
  const lines = people.flatMap(({ displayName, username, state, files, leftCount, reason }) => {
    const who = `${displayName} (${username})`;
    if (state !== 'done') return [`${who}: ${state === 'due' ? 'not yet' : 'failed'}. ${reason ?? ''}`];
    if (files === 0) return [`${who}: no files. ${reason ?? ''}`];
    return leftCount === 0 ? [] : [`${who}: ${leftCount} left out (links, others’ files, or too much).`];
  });
  return lines.map((line) => `${line.trim()}\r\n`).join('');
}
