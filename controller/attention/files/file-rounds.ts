/**
 * Files for the students of a room, and from them. A round is written down here; the carrier has the hosts do it, person
 * by person, so a host that is away or a student who is late holds up nobody else.
 */
import { type CollectRequest, type FileRound, HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../../store/actor.ts';
import { record } from '../../store/audit.ts';
import type { Changes } from '../../store/changes.ts';
import type { Database, Queryable } from '../../store/database.ts';
import { type Page, type PageRequest, readPage } from '../../store/page.ts';
import { isUuid } from '../../store/uuid.ts';
import { chosenSeats } from '../chosen-seats.ts';
import type { FileShelf, ReceivedFile } from './file-shelf.ts';
import { type MeantPeople, meantPeople } from './round-people.ts';
import { type RoundRow, roundSql, toRound } from './round-row.ts';

export interface FileRoundsOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  readonly shelf: FileShelf;
}

export interface HandOutRequest extends MeantPeople {
  readonly name: string;
  readonly folder: string;
  readonly forS: number;
}

const insertSql = `
insert into file_rounds (room_id, kind, folder, name, size_bytes, sha256, started_by, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8)) returning id`;
const addPeopleSql =
  'insert into file_round_people (round_id, user_id) select $1, person from unnest($2::uuid[]) person';
// Whoever is done is asked anew, too: a student may have saved what was missing.
const retrySql = `
update file_round_people p
set state = 'due', reason = null, done_at = null, attempts = 0, look_again_at = now()
from file_rounds r where r.id = p.round_id and p.round_id = $1 and p.user_id::text = $2
  and (p.state = 'failed' or r.kind = 'collect') returning p.state`;
// A round whose time was over goes on for whom it is tried again.
const prolongSql = `
update file_rounds set expires_at = greatest(expires_at, now() + interval '1 hour') where id = $1`;

interface NewRound extends MeantPeople {
  readonly kind: FileRound['kind'];
  readonly folder: string;
  readonly forS: number;
  readonly file: { readonly name: string; readonly sizeBytes: number; readonly sha256: string } | null;
}

export class FileRounds {
  readonly #options: FileRoundsOptions;

  constructor(options: FileRoundsOptions) {
    this.#options = options;
  }

  /**
   * Hand a file out.
   *
   * @param received is kept; where this throws, it is still the caller's
   * @throws not_found, seat_unknown, nobody_there, database_unavailable
   */
  handOut(
    room: string,
    { name, ...request }: HandOutRequest,
    received: ReceivedFile,
    actor: Actor,
  ): Promise<FileRound> {
    const { sizeBytes, sha256 } = received;
    const round = { ...request, kind: 'hand-out', file: { name, sizeBytes, sha256 } } as const;
    return this.#begin(room, round, actor, (id) => this.#options.shelf.keepHandedOut(id, received));
  }

  /** Collect what stands in a folder. @throws not_found, seat_unknown, nobody_there, database_unavailable */
  collect(room: string, { folder, seats, group, forS }: CollectRequest, actor: Actor): Promise<FileRound> {
    return this.#begin(room, { kind: 'collect', folder, seats, group, forS, file: null }, actor);
  }

  /** @returns the rounds of a room, the newest first @throws database_unavailable */
  page(room: string, page: PageRequest): Promise<Page<FileRound>> {
    return readPage<RoundRow, FileRound>(this.#options.db, {
      sql: `${roundSql} where r.room_id = $1`,
      values: [isUuid(room) ? room : null],
      page,
      order: 'newest-first',
      toItem: toRound,
    });
  }

  /** @returns undefined when there is no such round @throws database_unavailable */
  async get(id: string): Promise<FileRound | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#options.db.query<RoundRow>(`${roundSql} where r.id = $1`, [id]);
    return row && toRound(row);
  }

  /**
   * Try again for one person: who failed, or whose files are to be collected anew.
   *
   * @throws not_found when the round is not for them, or is done with them
   */
  async retry(id: string, user: string, actor: Actor): Promise<FileRound> {
    const { db, changes } = this.#options;
    if (!isUuid(id)) throw new HomeroomError('not_found');
    await db.transaction(async (tx) => {
      const [row] = await tx.query(retrySql, [id, user]);
      if (!row) throw new HomeroomError('not_found', 'There is nothing to try again for this person.');
      await tx.query(prolongSql, [id]);
      await this.#audit(tx, 'file-round.retry', id, { user }, actor);
    });
    changes.announce({ kind: 'file-round', id });
    return await this.#read(id);
  }

  async #begin(
    room: string,
    round: NewRound,
    actor: Actor,
    keep: (id: string) => Promise<void> = async () => undefined,
  ): Promise<FileRound> {
    const { db, changes } = this.#options;
    const id = await db.transaction(async (tx) => {
      await chosenSeats(tx, room, round.seats);
      const people = await meantPeople(tx, room, round);
      const made = await insertRound(tx, room, round, actor);
      await tx.query(addPeopleSql, [made, people]);
      const action = round.kind === 'hand-out' ? 'room.hand-out' : 'room.collect';
      const details = {
        round: made,
        folder: round.folder,
        file: round.file?.name ?? null,
        people: people.length,
      };
      await this.#audit(tx, action, room, details, actor);
      // Last: where the file cannot be kept, there is no round. A commit that fails leaves a file without one.
      await keep(made);
      return made;
    });
    changes.announce({ kind: 'file-round', id });
    return await this.#read(id);
  }

  #audit(tx: Queryable, action: string, subject: string, details: Record<string, unknown>, actor: Actor) {
    const { userId, username, address } = actor;
    return record(tx, { actor: { id: userId, username }, action, subject, details, address });
  }

  async #read(id: string): Promise<FileRound> {
    const round = await this.get(id);
    if (!round) throw new HomeroomError('not_found');
    return round;
  }
}

async function insertRound(tx: Queryable, room: string, round: NewRound, actor: Actor): Promise<string> {
  const { kind, folder, file, forS } = round;
  const [made] = await tx.query<{ id: string }>(insertSql, [
    room,
    kind,
    folder,
    file?.name ?? null,
    file?.sizeBytes ?? null,
    file?.sha256 ?? null,
    actor.userId,
    forS,
  ]);
  if (!made) throw new HomeroomError('internal', 'a round got no id');
  return made.id;
}
