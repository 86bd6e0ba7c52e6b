/**
 * Places on hosts. A ready desktop of this provider is a place kept: a row of `desktops` with a host. They are
 * given out one after another under one lock, so that no host ever gets more than its capacity.
 */
import type { DesktopSpec } from '../../desktops/provider.ts';
import type { Database } from '../../store/database.ts';
import { sessionsPerHost } from './kind-capacity.ts';
import type { HostState } from './no-place-reason.ts';

export interface HostRow {
  readonly device_id: string;
  readonly healthy: boolean;
  readonly draining: boolean;
  readonly is_allowed: boolean;
  /** Seconds since its last report. */
  readonly silent_s: number;
}

/** Any number that nobody else locks by. */
const lockId = 7_110_001;

const knownSql = `
select (select host_id from desktops where id = $1) as "hostId",
  (select host_capacity from templates where id = $2) as "hostCapacity"`;

interface Known {
  readonly hostId: string | null;
  readonly hostCapacity: number | null;
}

// The emptiest by share of its places, then the one with the least to do. Whoever withdraws its consent at this moment
// is waited for.
const chooseSql = `
select h.device_id from hosts h join devices d on d.id = h.device_id
  cross join lateral (
    select count(*) as whole, count(*) filter (where x.template_id = $1) as "ofTemplate"
    from desktops x where x.host_id = h.device_id and x.state <> 'gone'
  ) used
where d.host_consent = 'allowed' and h.healthy and not h.draining and ($2::text is null or $2 = any(h.kinds))
  and used.whole < h.capacity and ($3::int is null or used."ofTemplate" < $3)
order by used.whole::real / h.capacity, h.load, h.device_id limit 1 for share of d`;

/**
 * Keep a place for a desktop, on the least loaded healthy host that has one, offers its kind of desktop and may run
 * desktops. Repeating it gives the same host.
 *
 * @returns the host's device id; undefined when no host has a place
 * @throws database_unavailable
 */
export function reservePlace(
  db: Database,
  { id, templateId, kind }: Pick<DesktopSpec, 'id' | 'templateId' | 'kind'>,
): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [lockId]);
    const [known] = await tx.query<Known>(knownSql, [id, templateId]);
    if (known?.hostId) return known.hostId;
    const perHost = sessionsPerHost({ kind, hostCapacity: known?.hostCapacity ?? null });
    const values = [templateId, kind, perHost];
    const [chosen] = await tx.query<{ device_id: string }>(chooseSql, values);
    if (chosen) await tx.query('update desktops set host_id = $2 where id = $1', [id, chosen.device_id]);
    return chosen?.device_id;
  });
}

/** @returns undefined when there is no such host (any more) @throws database_unavailable */
export async function findHost(db: Database, id: string): Promise<HostRow | undefined> {
  const sql = `
    select h.device_id, h.healthy, h.draining, coalesce(d.host_consent = 'allowed', false) as is_allowed,
      extract(epoch from now() - h.seen_at)::real as silent_s
    from hosts h join devices d on d.id = h.device_id where h.device_id = $1`;
  const [row] = await db.query<HostRow>(sql, [id]);
  return row;
}

/** @returns every host with what it says is wrong with it @throws database_unavailable */
export function hostStates(db: Database): Promise<HostState[]> {
  return db.query<HostState>(`
    select d.name, d.host_consent as consent, h.kinds, h.healthy, h.draining, h.faults->0->>'message' as fault
    from hosts h join devices d on d.id = h.device_id order by d.name limit 20`);
}

/** @returns the ids of every host @throws database_unavailable */
export async function hostIds(db: Database): Promise<string[]> {
  const rows = await db.query<{ device_id: string }>('select device_id from hosts order by device_id');
  return rows.map((row) => row.device_id);
}
