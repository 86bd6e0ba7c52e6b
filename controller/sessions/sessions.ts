/**
 * Sessions as the API and the gateway see them. Everything here is one statement; the slow work
 * (assigning, queueing, time limits) is the session reconciler's.
 */
import { type EndReason, HomeroomError, type Session } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { StreamAddress } from '../desktops/provider.ts';
import { type Actor, systemActor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Prepared } from '../store/database.ts';
import type { Page, PageRequest } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { changeTemplate } from './change-template.ts';
import type { ClaimRequest } from './claim.ts';
import { endSession } from './end-session.ts';
import { type GatheredClaims, gatherClaims } from './gathered-claims.ts';
import { keepSession } from './keep-session.ts';
import { moveSession } from './move-session.ts';
import { OpenStreams } from './open-streams.ts';
import { announceSession } from './session-changes.ts';
import { type SessionFilter, SessionReader } from './session-reader.ts';
import { toSession } from './session-row.ts';
import { countClosedStream, countOpenedStream, noteInput, noteSeatUse } from './session-streams.ts';
import { notGivenBackReason } from './trouble.ts';

const streamSql: Prepared = {
  name: 'sessions.stream',
  text: `
select s.state, s.assigned_at is not null as is_assigned, d.stream
from sessions s left join desktops d on d.id = s.desktop_id where s.id = $1`,
};

export interface SessionsOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
}

export class Sessions {
  readonly #db: Database;
  readonly #changes: Changes;
  readonly #claims: GatheredClaims;
  readonly #openStreams: OpenStreams;
  readonly #reader: SessionReader;

  constructor({ db, changes, logger }: SessionsOptions) {
    this.#db = db;
    this.#changes = changes;
    this.#claims = gatherClaims(db);
    this.#openStreams = new OpenStreams({ db, logger });
    this.#reader = new SessionReader(db);
  }

  /**
   * Claim a desktop for a user, or queue them. A user's live session is returned instead of a second one;
   * when a seat is given it is brought there.
   *
   * @returns the session, `starting` or `waiting` when it was created
   * @throws template_unknown, seat_unknown, seat_taken, not_found (the user), database_unavailable;
   *   desktop_lost when the live session's desktop is not well: that session has ended, asking again gives a fresh one
   */
  async start(request: ClaimRequest): Promise<{ session: Session; created: boolean }> {
    requireUuid(request.userId, 'not_found');
    if (request.seatId !== null) requireUuid(request.seatId, 'seat_unknown');
    const row = await this.#claims.claim(request);
    if (row.created) {
      announceSession(this.#changes, row);
      return { session: await this.#reader.tell(row), created: true };
    }
    const session = await this.#giveBack(await this.#require(row.id), request.seatId, request.actor);
    if (session.state === 'ended') throw new HomeroomError('desktop_lost', session.reason ?? undefined);
    return { session, created: false };
  }

  /**
   * As {@link start}, but a live session stays where it is: for who claims in somebody's place.
   *
   * @returns undefined when the user has a session already
   * @throws as start
   */
  async startFresh(request: ClaimRequest): Promise<Session | undefined> {
    requireUuid(request.userId, 'not_found');
    const row = await this.#claims.claim(request);
    if (!row.created) return undefined;
    announceSession(this.#changes, row);
    return await this.#reader.tell(row);
  }

  /**
   * Bring a user's live session to the seat where they have just signed in.
   *
   * @returns the session there, or undefined when the user has none; an ended one (`desktop-lost`) when its desktop
   *   is not well and so was not given back
   * @throws seat_taken, seat_unknown, database_unavailable
   */
  async resumeAt(at: { userId: string; seatId: string; actor: Actor }): Promise<Session | undefined> {
    const live = await this.#reader.liveOf(at.userId);
    return live && (await this.#giveBack(live, at.seatId, at.actor));
  }

  /** What its user finds again: the session at the seat where they are, unless its desktop is not well. */
  async #giveBack(live: Session, seatId: string | null, actor: Actor): Promise<Session> {
    if (live.trouble !== null) return await this.#giveUp(live.id, notGivenBackReason(live.trouble));
    return seatId === null || live.seat === seatId ? live : await this.move(live.id, seatId, actor);
  }

  async #giveUp(id: string, reason: string): Promise<Session> {
    const end = { id, endReason: 'desktop-lost', reason, actor: systemActor, staysSignedIn: true } as const;
    const row = await endSession(this.#db, end);
    if (row) announceSession(this.#changes, row);
    return await this.#require(id);
  }

  /**
   * Put the end of a session off, because its user asks to keep it.
   *
   * @throws keep_not_allowed where its template does not let them, or that end cannot be put off; session_ended, not_found
   */
  async keep(id: string, actor: Actor): Promise<Session> {
    const session = await this.#require(id);
    if (session.state === 'ended') throw new HomeroomError('session_ended');
    if (!session.mayKeep) throw new HomeroomError('keep_not_allowed');
    await keepSession(this.#db, { id, actor });
    this.#changes.announce({ kind: 'session', id });
    return await this.#require(id);
  }

  /**
   * Let a session that waits wait for another template; its place there is by the time when it began to wait.
   *
   * @throws template_unknown, template_restricted, quota_exceeded, template_not_in_exam, session_not_waiting,
   *   session_ended, not_found, database_unavailable
   */
  async changeTemplate(id: string, templateId: string, actor: Actor): Promise<Session> {
    const before = await this.#require(id);
    if (before.state === 'ended') throw new HomeroomError('session_ended');
    const left = await changeTemplate(this.#db, { id, templateId, actor });
    const session = await this.#require(id);
    this.#changes.announce({ kind: 'session', id });
    // The queue that was left is shorter, the other longer: both pools count again.
    for (const each of [left, templateId]) this.#changes.announce({ kind: 'pool', id: each });
    return session;
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
    return await this.#require(id);
  }

  /** @returns the session, or undefined when there is none with this id. */
  async get(id: string): Promise<Session | undefined> {
    return await this.#reader.get(id);
  }

  /** @returns a user's session that began last, live or ended; undefined when they never had one. */
  async latestOf(userId: string): Promise<Session | undefined> {
    return await this.#reader.latestOf(userId);
  }

  /** @returns the newest first; empty when there is none. */
  async page(filter: SessionFilter, page: PageRequest): Promise<Page<Session>> {
    return await this.#reader.page(filter, page);
  }

  /** @returns a user's live session, or undefined when they have none. */
  async liveOf(userId: string): Promise<Session | undefined> {
    return await this.#reader.liveOf(userId);
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
    if (await noteInput(this.#db, id)) this.#changes.announce({ kind: 'session', id });
  }

  /** Somebody used the keyboard or the mouse of a seat, as its device reports: the session there is not idle. */
  async seatUsed(device: string, at: Date): Promise<void> {
    const id = await noteSeatUse(this.#db, device, at);
    if (id) this.#changes.announce({ kind: 'session', id });
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
    requireUuid(id, 'not_found');
    const session = await this.get(id);
    if (!session) throw new HomeroomError('not_found');
    return session;
  }
}

function requireUuid(id: string, code: 'not_found' | 'seat_unknown'): void {
  if (!isUuid(id)) throw new HomeroomError(code);
}
