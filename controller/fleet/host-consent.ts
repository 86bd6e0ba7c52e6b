/**
 * The consent by which a device runs desktops of users. Rules:
 * - without it no place is ever kept on a device: a constraint of the database, `desktops_need_consent_of_host`;
 * - where it ends, places that nobody uses yet are given up, and sessions that run go on;
 * - where it begins, desktops that wait for a place are looked at at once.
 */
import type { HostConsent } from '@homeroom/protocol';
import { deletingColumns } from '../desktops/desktop-states.ts';
import type { Queryable } from '../store/database.ts';

export interface HostDecision {
  /** Null for none: an admin is to be asked. */
  readonly consent: HostConsent | null;
  /** Who decided; null for nobody with an account. */
  readonly decidedBy: string | null;
}

// Whoever keeps a place locks this row too: after it is written no place is kept by what was decided before.
const decideSql = `
update devices set host_consent = $2, host_decided_at = case when $2::text is not null then now() end, host_decided_by = $3
where id = $1 and host_consent is distinct from $2
returning id`;

const giveUpSql = `
update desktops set ${deletingColumns} where host_id = $1 and state in ('cold', 'ready') returning id`;

/** Their making cannot end well: whoever makes them learns it at once. */
const hurryUnfinishedSql = `
update desktops set look_again_at = now() where host_id = $1 and state in ('creating', 'warming', 'cooling')`;

const wakeWaitingSql = `
update desktops set look_again_at = now()
where provider = 'host' and state = 'creating' and host_id is null and look_again_at > now()`;

/**
 * Write down whether a device may run desktops.
 *
 * @param tx a transaction
 * @returns whether that is news, and the desktops that are given up by it
 */
export async function decideHost(
  tx: Queryable,
  device: string,
  { consent, decidedBy }: HostDecision,
): Promise<{ isNews: boolean; givenUp: string[] }> {
  const isNews = (await tx.query(decideSql, [device, consent, decidedBy])).length > 0;
  if (!isNews) return { isNews, givenUp: [] };
  if (consent !== 'allowed') {
    const rows = await tx.query<{ id: string }>(giveUpSql, [device]);
    await tx.query(hurryUnfinishedSql, [device]);
    return { isNews, givenUp: rows.map(({ id }) => id) };
  }
  await tx.query(wakeWaitingSql);
  return { isNews, givenUp: [] };
}
