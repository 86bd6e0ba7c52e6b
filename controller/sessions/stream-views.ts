import { HomeroomError, type StreamPurpose } from '@homeroom/protocol';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';

/** Three times as long as the gateway needs to tell of it again. */
const viewLastsS = 45;
/** A room of kiosks opens a broadcast at once: it is told once that they watch. */
const tellBroadcastMs = 200;

const lasting = `now() + interval '${viewLastsS} seconds'`;

const lookSql = `
insert into stream_views (session_id, purpose, user_id, expires_at) values ($1, 'watch', $2, ${lasting})
returning id, null::float8 as "endsInMs"`;

/** What a lost connection held is free when its time is over; who holds it already takes it along to a new stream. */
const holdSql = `
insert into stream_views as held (session_id, purpose, user_id, expires_at) values ($1, 'control', $2, ${lasting})
on conflict (session_id) where purpose = 'control' do update
set id = excluded.id, user_id = excluded.user_id, expires_at = excluded.expires_at, created_at = excluded.created_at
where held.expires_at <= now() or held.user_id = excluded.user_id
returning id, null::float8 as "endsInMs"`;

const broadcastSql = `
insert into stream_views (session_id, purpose, broadcast_id, seat_id, expires_at)
select b.session_id, 'broadcast', b.id, d.seat_id, ${lasting}
from live_broadcasts b, devices d where b.id = $1 and d.id = $2
returning id, (
  select extract(epoch from b.expires_at - now())::float8 * 1000 from broadcasts b where b.id = broadcast_id) as "endsInMs"`;

const renewSql = `update stream_views set expires_at = ${lasting} where id = any($1::uuid[]) returning id`;

const closeSql = `
delete from stream_views where id = $1 returning session_id as "sessionId", broadcast_id as "broadcastId"`;

const holderSql = `
select u.id, u.display_name as "displayName" from stream_views v join users u on u.id = v.user_id
where v.session_id = $1 and v.purpose = 'control' and v.expires_at > now()`;

interface View {
  readonly sessionId: string;
  readonly purpose: StreamPurpose;
  readonly broadcastId: string | null;
  readonly deviceId: string | null;
  readonly userId: string | null;
}

interface OpenedRow {
  readonly id: string;
  readonly endsInMs: number | null;
}

/** The streams of those who look at a desktop beside its user. */
export class StreamViewStore {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;
  readonly #toTell = new Map<string, NodeJS.Timeout>();

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * Write a stream down; its session is told of who looks.
   *
   * @throws control_taken while somebody else holds keyboard and mouse; broadcast_over; database_unavailable
   */
  async open(view: View): Promise<OpenedRow> {
    const [row] = await this.#write(view);
    if (!row) throw new HomeroomError(view.purpose === 'control' ? 'control_taken' : 'broadcast_over');
    this.#tell(view);
    return row;
  }

  /** @returns those that still stand */
  async renew(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    return new Set((await this.#db.query<{ id: string }>(renewSql, [ids])).map(({ id }) => id));
  }

  async close(id: string): Promise<void> {
    const [row] = await this.#db.query<Pick<View, 'sessionId' | 'broadcastId'>>(closeSql, [id]);
    if (row) this.#tell(row);
  }

  /** @returns who holds keyboard and mouse of a session's desktop beside its user; undefined for nobody */
  async holderOf(sessionId: string): Promise<{ id: string; displayName: string } | undefined> {
    const [row] = await this.#db.query<{ id: string; displayName: string }>(holderSql, [sessionId]);
    return row;
  }

  /** Forget what was to be told. */
  stop(): void {
    for (const timer of this.#toTell.values()) clearTimeout(timer);
    this.#toTell.clear();
  }

  #write({ sessionId, purpose, broadcastId, deviceId, userId }: View): Promise<OpenedRow[]> {
    if (purpose === 'broadcast') return this.#db.query<OpenedRow>(broadcastSql, [broadcastId, deviceId]);
    return this.#db.query<OpenedRow>(purpose === 'control' ? holdSql : lookSql, [sessionId, userId]);
  }

  #tell({ sessionId, broadcastId }: Pick<View, 'sessionId' | 'broadcastId'>): void {
    if (broadcastId === null) this.#changes.announce({ kind: 'session', id: sessionId });
    else if (!this.#toTell.has(broadcastId)) {
      const timer = setTimeout(() => {
        this.#toTell.delete(broadcastId);
        this.#changes.announce({ kind: 'broadcast', id: broadcastId });
      }, tellBroadcastMs);
      this.#toTell.set(broadcastId, timer.unref());
    }
  }
}
