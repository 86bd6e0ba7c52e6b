/**
 * How many desktops may still be begun at a provider. Counted in the database under a lock that lasts until the end of
 * the transaction: whatever is begun within it is seen by whoever counts next, in any process.
 */
import type { Queryable } from '../store/database.ts';
import { beginningStates } from './desktop-states.ts';
import { ruleOf } from './provider-rules.ts';

/** Any number that nobody else locks by; the second key is the provider's. */
const lockSpace = 7_110_002;

const limitsSql = `select storage, at_once as "atOnce" from provider_limits where provider = $1 and storage in ('', $2)`;

const lockSql = `select pg_advisory_xact_lock($1, hashtext($2))`;

const countSql = `
select count(*) as whole, count(*) filter (where t.storage = $2) as "ofStorage"
from desktops d join templates t on t.id = d.template_id
where d.provider = $1 and d.state in (${beginningStates.map((state) => `'${state}'`).join(', ')})`;

export interface Place {
  readonly provider: string;
  /** Empty where nothing is contended for but the provider itself. */
  readonly storage: string;
}

/**
 * @param tx a transaction: until its end nobody else begins desktops of this provider
 * @returns how many more may be begun; infinite where there is no limit
 */
export async function freeSlots(tx: Queryable, { provider, storage }: Place): Promise<number> {
  const rows = await tx.query<{ storage: string; atOnce: number }>(limitsSql, [provider, storage]);
  const whole = rows.find((row) => row.storage === '')?.atOnce ?? ruleOf(provider).atOnce;
  const ofStorage = storage === '' ? null : (rows.find((row) => row.storage !== '')?.atOnce ?? null);
  if (whole === null && ofStorage === null) return Number.POSITIVE_INFINITY;
  await tx.query(lockSql, [lockSpace, provider]);
  const [busy] = await tx.query<{ whole: number; ofStorage: number }>(countSql, [provider, storage]);
  const free = [
    (whole ?? Number.POSITIVE_INFINITY) - (busy?.whole ?? 0),
    (ofStorage ?? Number.POSITIVE_INFINITY) - (busy?.ofStorage ?? 0),
  ];
  return Math.max(0, Math.min(...free));
}
