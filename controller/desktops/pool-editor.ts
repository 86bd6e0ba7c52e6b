import { HomeroomError, type PatchPoolRequest, type Pool } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { changedFields } from './changed-fields.ts';
import { type PoolSizes, poolFaults } from './pool-faults.ts';
import type { Pools } from './pools.ts';
import { ruleOf } from './provider-rules.ts';

const lockSql = `
select t.provider, p.maximum, p.max_age_s as "maxAgeS", p.roll_floor as "rollFloor",
  p.warm_minimum as "warmMinimum", p.warm_maximum as "warmMaximum",
  p.cold_minimum as "coldMinimum", p.cold_maximum as "coldMaximum"
from pools p join templates t on t.id = p.template_id where p.template_id = $1 for update of p`;

const updateSql = `
update pools set warm_minimum = $2, warm_maximum = $3, cold_minimum = $4, cold_maximum = $5, maximum = $6,
  max_age_s = $7, roll_floor = $8
where template_id = $1`;

type Row = PoolSizes & { readonly provider: string };

/** Sets how large pools are. */
export class PoolEditor {
  readonly #db: Database;
  readonly #changes: Changes;
  readonly #pools: Pools;

  constructor({ db, changes, pools }: { db: Database; changes: Changes; pools: Pools }) {
    this.#db = db;
    this.#changes = changes;
    this.#pools = pools;
  }

  /**
   * Change what is wanted of a pool; what it has follows by itself.
   *
   * @throws not_found, request_invalid when the numbers do not fit together
   */
  async change(templateId: string, patch: PatchPoolRequest, actor: Actor): Promise<Pool> {
    await this.#db.transaction(async (tx) => {
      const [row] = await tx.query<Row>(lockSql, [templateId]);
      if (!row) throw new HomeroomError('not_found', `There is no template ${templateId} with a pool.`);
      const { provider, ...current } = row;
      const { before, after } = changedFields(current, patch);
      const next = { ...current, ...after };
      const faults = poolFaults(next, ruleOf(provider).hasCold);
      if (faults.length > 0) {
        const told = faults.map(({ field, message }) => `${field}: ${message}`);
        throw new HomeroomError('request_invalid', told.join(' '));
      }
      if (Object.keys(after).length === 0) return;
      await tx.query(updateSql, [
        templateId,
        next.warmMinimum,
        next.warmMaximum,
        next.coldMinimum,
        next.coldMaximum,
        next.maximum,
        next.maxAgeS,
        next.rollFloor,
      ]);
      const { userId: id, username, address } = actor;
      const subject = templateId;
      await record(tx, { actor: { id, username }, action: 'pool.change', subject, before, after, address });
    });
    this.#changes.announce({ kind: 'pool', id: templateId });
    const pool = await this.#pools.get(templateId);
    if (!pool) throw new HomeroomError('not_found');
    return pool;
  }
}
