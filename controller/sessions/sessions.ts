/**
 * Sessions as the API and the gateway see them. Everything here is one statement; the slow work
 * (assigning, queueing, time limits) is the session reconciler's.
 */
import { type EndReason, HomeroomError, type Session } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { StreamAddress } from '../desktops/provider.ts';
import type { Actor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { type ClaimRequest, claim } from './claim.ts';
import { endSession } from './end-session.ts';
import { moveSession } from './move-session.ts';
import { OpenStreams } from './open-streams.ts';
import { announceSession } from './session-changes.ts';
import { type SessionRow, sessionColumns, toSession } from './session-row.ts';
import { countClosedStream, countOpenedStream } from './session-streams.ts';

export interface SessionFilter {
  readonly userId?: string;
  /** `live` is every state but `ended`; `all` is the default. */
  readonly state?: 'live' | 'all';
}

const getSql: Prepared = {
  name: 'sessions.get',
  text: `select ${sessionColumns} from sessions s join users u on u.id = s.user_id where s.id = $1`,
};

const listSql = `
select ${sessionColumns} from sessions s join users u on u.id = s.user_id
where ($1::uuid is null or s.user_id = $1) and ($2 or s.state <> 'ended')`;

const inputSql = `
update sessions set last_input_at = now()
where id = $1 and state <> 'ended' and (last_input_at is null or last_input_at < now() - interval '1 second')`;

const streamSql: Prepared = {
  name: 'sessions.stream',
  text: `
select s.state, s.assigned_at is not null as is_assigned, d.stream
from sessions s left join desktops d on d.id = s.desktop_id where s.id = $1`,
};

const liveOfUserSql = `select id, seat_id from sessions where user_id = $1 and state <> 'ended'`;

export interface SessionsOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
}

export class Sessions {
  readonly #db: Database;
  readonly #changes: Changes;
  readonly #openStreams: OpenStreams;

  constructor({ db, changes, logger }: SessionsOptions) {
    this.#db = db;
    this.#changes = changes;
    this.#openStreams = new OpenStreams({ db, logger });
  }

  /**
   * Claim a desktop for a user, or queue them. A user's live session is returned instead of a second one;
   * when a seat is given it is brought there.
   *
   * @returns the session, `starting` or `waiting` when it was created
   * @throws template_unknown, seat_unknown, seat_taken, not_found (the user), database_unavailable
   */
  async start(request: ClaimRequest): Promise<{ session: Session; created: boolean }> {
    requireUuid(request.userId, 'not_found');
    if (request.seatId !== null) requireUuid(request.seatId, 'seat_unknown');
    const row = await claim(this.#db, request);
    if (row.created) {
      announceSession(this.#changes, row);
      return { session: toSession(row), created: true };
    }
    const { seatId, actor } = request;
    const isElsewhere = seatId !== null && seatId !== row.seat_id;
    const session = isElsewhere ? await this.move(row.id, seatId, actor) : toSession(row);
    return { session, created: false };
  }

  /**
   * Bring a user's live session to the seat where they have just signed in.
   *
   * @returns the session there, or undefined when the user has none
   * @throws seat_taken, seat_unknown, database_unavailable
   */
  async resumeAt(at: { userId: string; seatId: string; actor: Actor }): Promise<Session | undefined> {
    const [live] = await this.#db.query<{ id: string; seat_id: string | null }>(liveOfUserSql, [at.userId]);
    if (!live) return undefined;
    return live.seat_id === at.seatId
      ? await this.get(live.id)
      : await this.move(live.id, at.seatId, at.actor);
  }

  /**
   * End a session; one that has ended already stays as it is.
   *
   * @param reason a sentence for the user, where the end reason does not say enough
   * @throws not_found, database_unavailable
   */
  async end(id: string, endReason: EndReason, actor: Actor, reason: string | null = null): Promise<Session> {
    requireUuid(id, 'not_found');
    const row = await endSession(this.#db, { id, endReason, reason, actor });
    if (!row) return await this.#require(id);
    announceSession(this.#changes, row);
    return toSession(row);
  }

  /** Show a session at another seat. @throws not_found, session_ended, seat_taken, seat_unknown */
  async move(id: string, seatId: string, actor: Actor): Promise<Session> {
    requireUuid(id, 'not_found');
    requireUuid(seatId, 'seat_unknown');
    const row = await moveSession(this.#db, { id, seatId, actor });
    if (!row) {
      await this.#require(id);
      throw new HomeroomError('session_ended');
    }
    announceSession(this.#changes, row);
    if (row.seat_before) this.#changes.announce({ kind: 'seat', id: row.seat_before });
    return toSession(row);
  }

  /** @returns the session, or undefined when there is none with this id. */
  async get(id: string): Promise<Session | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<SessionRow>(getSql, [id]);
    return row && toSession(row);
  }

  /** @returns the newest first; empty when there is none. */
  page({ userId, state = 'all' }: SessionFilter, page: PageRequest): Promise<Page<Session>> {
    const values = [userId ?? null, state === 'all'];
    return readPage(this.#db, { sql: listSql, values, page, order: 'newest-first', toItem: toSession });
  }

  /** @returns a user's live session, or undefined when they have none. */
  async liveOf(userId: string): Promise<Session | undefined> {
    return (await this.page({ userId, state: 'live' }, { limit: 1, after: null })).items[0];
  }

  /** The gateway has opened a stream: the session is `active`. @throws session_ended, session_not_ready, not_found */
  async streamOpened(id: string): Promise<void> {
    if (!(await countOpenedStream(this.#db, id))) await this.streamOf(id);
    this.#openStreams.add(id);
    this.#changes.announce({ kind: 'session', id });
  }

  /** A stream that `streamOpened` told of has closed; after the last one the session is `detached`. */
  async streamClosed(id: string): Promise<void> {
    const isLive = await countClosedStream(this.#db, id);
    // Only once it is counted: whoever tells it again after an outage must not take it off twice.
    this.#openStreams.remove(id);
    if (isLive) this.#changes.announce({ kind: 'session', id });
  }

  /** Somebody typed or moved the mouse: the session is not idle. Call it every few seconds at most. */
  async inputSeen(id: string): Promise<void> {
    await this.#db.query(inputSql, [id]);
  }

  /**
   * @returns where the session's stream is reached; it holds a secret and must not leave the controller
   * @throws not_found, session_ended, session_not_ready while there is no desktop yet
   */
  async streamOf(id: string): Promise<StreamAddress> {
    requireUuid(id, 'not_found');
    const [row] = await this.#db.query<{ state: string; is_assigned: boolean; stream: StreamAddress | null }>(
      streamSql,
      [id],
    );
    if (!row) throw new HomeroomError('not_found');
    if (row.state === 'ended') throw new HomeroomError('session_ended');
    if (!row.is_assigned || !row.stream) throw new HomeroomError('session_not_ready');
    return row.stream;
  }

  async #require(id: string): Promise<Session> {
    const session = await this.get(id);
    if (!session) throw new HomeroomError('not_found');
    return session;
  }
}

function requireUuid(id: string, code: 'not_found' | 'seat_unknown'): void {
  if (!isUuid(id)) throw new HomeroomError(code);
}
