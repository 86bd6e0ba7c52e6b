import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';

/** What neither an event nor the clock tells of is seen by then: streams of a process that died. */
const everyMs = 15_000;
const restMs = 50;
/** The database's clock decides: a look that comes a little early would find nothing. */
const marginMs = 20;

const overSql = `
with ended as (
  update broadcasts b set ended_at = now(), end_reason = case when s.state = 'ended' then 'source-ended' else 'expired' end
  from sessions s
  where s.id = b.session_id and b.ended_at is null and (s.state = 'ended' or b.expires_at <= now())
  returning b.id, b.session_id, b.end_reason
), logged as (
  insert into audit_log (actor, action, subject, details)
  select 'homeroom', 'broadcast.end', ended.id::text, jsonb_build_object('endReason', ended.end_reason) from ended
)
select id, session_id as "sessionId" from ended`;

const nextSql = `
select extract(epoch from min(expires_at) - now())::float8 * 1000 as "inMs" from broadcasts where ended_at is null`;

const silentSql = `
delete from stream_views where expires_at <= now() returning session_id as "sessionId", broadcast_id as "broadcastId"`;

export interface BroadcastSweeperOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
}

/**
 * Writes down that broadcasts are over by their time or with their desktop, and forgets streams that nobody tells of any
 * more; then seats and pages look again. Any number of processes may do it.
 */
export class BroadcastSweeper {
  readonly #options: BroadcastSweeperOptions;
  readonly #loop: ReconcileLoop;
  #hasLive = false;
  #timer: NodeJS.Timeout | undefined;
  #leave: (() => void) | undefined;

  constructor(options: BroadcastSweeperOptions) {
    this.#options = options;
    const look = () => this.#look();
    this.#loop = new ReconcileLoop({
      name: 'broadcasts',
      look,
      intervalMs: everyMs,
      restMs,
      logger: options.logger,
    });
  }

  start(): void {
    this.#leave = this.#options.changes.subscribe(({ kind }) => {
      // Sessions change all day long; they matter while one is shown.
      if (kind === 'broadcast' || (kind === 'session' && this.#hasLive)) this.#loop.wake();
    });
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#leave?.();
    clearTimeout(this.#timer);
    await this.#loop.stop();
  }

  async #look(): Promise<void> {
    await this.#endOver();
    await this.#forgetSilent();
    await this.#setTimer();
  }

  async #endOver(): Promise<void> {
    const { db, changes } = this.#options;
    for (const { id, sessionId } of await db.query<{ id: string; sessionId: string }>(overSql)) {
      changes.announce({ kind: 'broadcast', id });
      changes.announce({ kind: 'session', id: sessionId });
    }
  }

  async #forgetSilent(): Promise<void> {
    const { db, changes } = this.#options;
    const silent = await db.query<{ sessionId: string; broadcastId: string | null }>(silentSql);
    for (const { sessionId, broadcastId } of silent) {
      if (broadcastId) changes.announce({ kind: 'broadcast', id: broadcastId });
      else changes.announce({ kind: 'session', id: sessionId });
    }
  }

  /** The next end by the clock is met on time. */
  async #setTimer(): Promise<void> {
    const [next] = await this.#options.db.query<{ inMs: number | null }>(nextSql);
    const inMs = next?.inMs ?? null;
    this.#hasLive = inMs !== null;
    clearTimeout(this.#timer);
    if (inMs !== null)
      this.#timer = setTimeout(() => this.#loop.wake(), Math.max(inMs, 0) + marginMs).unref();
  }
}
