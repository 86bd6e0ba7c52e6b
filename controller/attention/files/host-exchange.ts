/**
 * What hosts fetch and bring. A host gets the file of a round only for people whom it was asked about, and brings files
 * only of those: another host's credential opens nothing here.
 */
import type { Readable } from 'node:stream';
import { HomeroomError } from '@homeroom/protocol';
import type { Database } from '../../store/database.ts';
import { isUuid } from '../../store/uuid.ts';
import type { FileShelf } from './file-shelf.ts';
import { unpackTar } from './unpack-tar.ts';

export interface HostExchangeOptions {
  readonly db: Database;
  readonly shelf: FileShelf;
  /** Of each person. */
  readonly collectMaxMiB: number;
}

const maxFiles = 500;
/** A tar's heads and padding, with long names: less than 4 KiB each. */
const tarOverheadBytes = (maxFiles + 1) * 4096;

const handedOutSql = `
select size_bytes as "sizeBytes" from file_rounds r where id = $1 and kind = 'hand-out' and emptied_at is null
  and exists (select from file_round_people p where p.round_id = r.id and p.host_id = $2 and p.state = 'due')`;
const dueSql = `
select from file_round_people p join file_rounds r on r.id = p.round_id
where p.round_id = $1 and p.user_id = $2 and p.host_id = $3 and p.state = 'due' and r.kind = 'collect'`;
const listSql = `
update file_round_people set report = jsonb_build_object('kept', $4::jsonb)
where round_id = $1 and user_id = $2 and host_id = $3 and state = 'due' returning user_id`;

export class HostExchange {
  readonly #options: HostExchangeOptions;

  constructor(options: HostExchangeOptions) {
    this.#options = options;
  }

  /** What a person's tar may have at most. */
  get maxTarBytes(): number {
    return this.#options.collectMaxMiB * 2 ** 20 + tarOverheadBytes;
  }

  /** @returns the file that a round hands out @throws not_found when the host was not asked to put it anywhere, file_gone */
  async handedOut(round: string, host: string): Promise<{ sizeBytes: number; content: Readable }> {
    const { db, shelf } = this.#options;
    const [row] = isUuid(round) ? await db.query<{ sizeBytes: number }>(handedOutSql, [round, host]) : [];
    if (!row) throw new HomeroomError('not_found');
    return { ...row, content: await shelf.read(shelf.handedOut(round)) };
  }

  /** @throws not_found when the host was not asked for files of this person */
  async refuseUnasked(round: string, user: string, host: string): Promise<void> {
    const isAsked =
      isUuid(round) && isUuid(user) && (await this.#options.db.query(dueSql, [round, user, host])).length > 0;
    if (!isAsked) throw new HomeroomError('not_found');
  }

  /**
   * Take the files of a person, as a tar. Brought again, they replace those from before.
   *
   * @throws archive_damaged, not_found when the host is not asked for them any more
   */
  async take(
    { round, user, host }: { round: string; user: string; host: string },
    tarPath: string,
  ): Promise<void> {
    const { db, shelf, collectMaxMiB } = this.#options;
    const folder = await shelf.newFolder();
    try {
      const files = await unpackTar(tarPath, { into: folder, maxFiles, maxBytes: collectMaxMiB * 2 ** 20 });
      await db.transaction(async (tx) => {
        const [row] = await tx.query(listSql, [round, user, host, JSON.stringify(files)]);
        if (!row) throw new HomeroomError('not_found');
        await shelf.keepCollected(round, user, folder);
      });
    } finally {
      await shelf.discard(folder);
    }
  }
}
