/**
 * One desktop on the seats of a room, to look at. Rules:
 * - one broadcast per room; a new one replaces the old in the same transaction;
 * - it ends when it is stopped, by its time, or with its desktop, whoever is away then: what is live is decided by the
 *   view `live_broadcasts`, and written down by the sweeper;
 * - seats follow by their desired documents, streams by the gateway; both look again when a broadcast changes.
 */
import { type Broadcast, HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { isUuid } from '../store/uuid.ts';
import { type BroadcastRow, broadcastColumns, broadcastJoins, toBroadcast } from './broadcast-row.ts';
import { endBroadcast } from './end-broadcast.ts';
import { type BroadcastStart, startBroadcast } from './start-broadcast.ts';

const select = `select ${broadcastColumns} from broadcasts b ${broadcastJoins}`;
const getSql = `${select} where b.id = $1`;
const liveSql = `${select} where b.id in (select id from live_broadcasts where room_id = $1)`;
const shownAtSql = `
select exists (
  select from broadcast_seats p join devices d on d.seat_id = p.seat_id where p.broadcast_id = $1 and d.id = $2
) as is_shown`;

export interface BroadcastsOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
}

export class Broadcasts {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: BroadcastsOptions) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * Show a desktop at the seats of a room; what was shown there is replaced.
   *
   * @throws not_found (the room), seat_unknown, session_ended, session_not_ready, database_unavailable
   */
  async start(start: BroadcastStart): Promise<Broadcast> {
    const { id, replaced } = await startBroadcast(this.#db, start);
    for (const each of [...replaced, { id, sessionId: start.sessionId }]) this.#tell(each);
    return await this.#require(id);
  }

  /** End one; one that is over stays as it is. @throws not_found, database_unavailable */
  async stop(id: string, actor: Actor): Promise<void> {
    await this.#require(id);
    const sessionId = await endBroadcast(this.#db, id, actor);
    if (sessionId) this.#tell({ id, sessionId });
  }

  /** @returns the broadcast, live or over; undefined when there is none with this id */
  async get(id: string): Promise<Broadcast | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<BroadcastRow>(getSql, [id]);
    return row && toBroadcast(row);
  }

  /** @returns what is shown in a room now; undefined for nothing */
  async currentOf(roomId: string): Promise<Broadcast | undefined> {
    const [row] = await this.#db.query<BroadcastRow>(liveSql, [roomId]);
    return row && toBroadcast(row);
  }

  /** @returns whether a broadcast is, or was, for the seat of a device */
  async isFor(id: string, deviceId: string): Promise<boolean> {
    const [row] = await this.#db.query<{ is_shown: boolean }>(shownAtSql, [id, deviceId]);
    return row?.is_shown ?? false;
  }

  /** Its user is told that their desktop is shown, too. */
  #tell({ id, sessionId }: { id: string; sessionId: string }): void {
    this.#changes.announce({ kind: 'broadcast', id });
    this.#changes.announce({ kind: 'session', id: sessionId });
  }

  async #require(id: string): Promise<Broadcast> {
    const broadcast = await this.get(id);
    if (!broadcast) throw new HomeroomError('not_found');
    return broadcast;
  }
}
