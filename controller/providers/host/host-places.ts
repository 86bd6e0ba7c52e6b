/**
 * Places on hosts. A ready desktop of this provider is a place kept: a row of `desktops` with a host. They are
 * given out one after another under one lock, so that no host ever gets more than its capacity.
 */
import type { Database } from '../../store/database.ts';
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

// The emptiest by share of its places, then the one with the least to do. Whoever withdraws its consent at this moment
// is waited for.
const chooseSql = `
select h.device_id from hosts h join devices d on d.id = h.device_id
  cross join lateral (select count(*) from desktops x where x.host_id = h.device_id and x.state <> 'gone') used
where d.host_consent = 'allowed' and h.healthy and not h.draining and used.count < h.capacity
order by used.count::real / h.capacity, h.load, h.device_id limit 1 for share of d`;

/**
 * Keep a place for a desktop, on the least loaded healthy host that has one and may run desktops. Repeating it gives the same host.
 *
 * @returns the host's device id; undefined when no host has a place
 * @throws database_unavailable
 */
export function reservePlace(db: Database, desktop: string): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [lockId]);
    const [kept] = await tx.query<{ host_id: string | null }>('select host_id from desktops where id = $1', [
      desktop,
    ]);
    if (kept?.host_id) return kept.host_id;
    const [chosen] = await tx.query<{ device_id: string }>(chooseSql);
    if (chosen) await tx.query('update desktops set host_id = $2 where id = $1', [desktop, chosen.device_id]);
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
    select d.name, d.host_consent as consent, h.healthy, h.draining, h.faults->0->>'message' as fault
    from hosts h join devices d on d.id = h.device_id order by d.name limit 20`);
}

/** @returns the ids of every host @throws database_unavailable */
export async function hostIds(db: Database): Promise<string[]> {
  const rows = await db.query<{ device_id: string }>('select device_id from hosts order by device_id');
  return rows.map((row) => row.device_id);
}
