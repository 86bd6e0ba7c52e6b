/**
 * The statements that carry a pool's plan out. Each says again which state it starts from: a desktop that is being
 * claimed at this moment is locked, and left alone.
 */
import type { Queryable } from '../store/database.ts';
import { deletingColumns, madeUntil } from './desktop-states.ts';
import { isOutdated } from './pool-counts.ts';
import type { PoolPlan } from './pool-plan.ts';

const createSql = `
insert into desktops (template_id, template_version, provider, level, state, deadline_at)
select t.id, t.version, t.provider, $3, 'creating', now() + make_interval(secs => t.create_timeout_s)
from templates t, generate_series(1, $2) where t.id = $1
returning id`;

const pick = (state: string, order: string) => `
with picked as (
  select d.id from desktops d join templates t on t.id = d.template_id join pools p on p.template_id = d.template_id
  where d.template_id = $1 and ${state} order by ${order} limit $2 for update of d skip locked
)
update desktops d`;
const picked = 'from picked where d.id = picked.id returning d.id';
const onItsWay = `deadline_at = ${madeUntil}, look_again_at = now(), attempts = 0`;

/** What fits the template best and is the nearest to being too old. */
const warmSql = `${pick(`d.state = 'cold'`, `${isOutdated}, d.ready_at`)}
set state = 'warming', level = 'warm', began_at = now(), ${onItsWay} ${picked}`;

const hastenSql = `${pick(`d.state = 'creating' and d.level = 'cold'`, 'd.created_at')} set level = 'warm' ${picked}`;

const coolSql = `${pick(`d.state = 'ready' and not ${isOutdated}`, 'd.ready_at')}
set state = 'cooling', level = 'cold', ${onItsWay} ${picked}`;

const deleteSql = (
  state: 'ready' | 'cold',
) => `${pick(`d.state = '${state}'`, `${isOutdated} desc, d.ready_at`)}
set ${deletingColumns} ${picked}`;

/** In the order of the plan: what somebody waits for comes first, and starts before anything of it is removed. */
const statements: readonly (readonly [keyof PoolPlan, string, ...string[]])[] = [
  ['warm', warmSql],
  ['hasten', hastenSql],
  ['create', createSql, 'warm'],
  ['createCold', createSql, 'cold'],
  ['cool', coolSql],
  ['deleteReady', deleteSql('ready')],
  ['deleteCold', deleteSql('cold')],
];

/**
 * Carry a plan out.
 *
 * @param tx the transaction that holds the pool
 * @returns the desktops that were begun, moved on or given up
 */
export async function carryOut(tx: Queryable, templateId: string, plan: PoolPlan): Promise<string[]> {
  const touched: string[] = [];
  for (const [step, sql, ...more] of statements) {
    if (plan[step] === 0) continue;
    const rows = await tx.query<{ id: string }>(sql, [templateId, plan[step], ...more]);
    touched.push(...rows.map(({ id }) => id));
  }
  return touched;
}
