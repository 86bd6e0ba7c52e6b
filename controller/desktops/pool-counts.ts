/** Pools with what is there of each, in one statement. */
import type { Prepared, Queryable } from '../store/database.ts';
import type { PoolCounts, PoolRule } from './pool-plan.ts';
import { ruleOf } from './provider-rules.ts';

/** Of `desktops d`, `templates t`, `pools p`: whether it is to be replaced while it is not used. */
export const isOutdated = `
  (d.template_version < t.version or coalesce(d.ready_at < now() - make_interval(secs => p.max_age_s), false))`;

/** A template that was withdrawn wants nothing but to serve those who wait. */
const wanted = (column: string) => `case when t.withdrawn_at is null then ${column} else 0 end`;

/** Of `pools p`: what lessons and classes need beside what their people have or wait for. */
export const lessonsWant = `
  ((select coalesce(sum(l.wanted), 0) from lesson_demand l where l.template_id = p.template_id)
  + (select coalesce(sum(c.wanted), 0) from class_demand c where c.template_id = p.template_id))`;

const unusedColumns = `
  count(*) filter (where d.state = 'creating' and d.level = 'warm') as creating,
  count(*) filter (where d.state = 'creating' and d.level = 'cold') as "creatingCold",
  count(*) filter (where d.state = 'warming') as warming,
  count(*) filter (where d.state = 'ready') as ready,
  count(*) filter (where d.state = 'cooling') as cooling,
  count(*) filter (where d.state = 'cold') as cold,
  count(*) filter (where d.state = 'ready' and ${isOutdated}) as "outdatedReady",
  count(*) filter (where d.state = 'cold' and ${isOutdated}) as "outdatedCold"`;

// Desktops in use are many and only counted; the index has all that it takes.
const countSql: Prepared = {
  name: 'pools.count',
  text: `
select p.template_id as "templateId", t.provider, t.storage, p.maximum,
  ${wanted('p.warm_minimum')} as "warmMinimum", p.warm_maximum as "warmMaximum",
  ${wanted('p.cold_minimum')} as "coldMinimum", ${wanted('p.cold_maximum')} as "coldMaximum",
  p.roll_floor as "rollFloor", unused.*,
  (select count(*) from desktops u where u.template_id = p.template_id and u.state = 'claimed') as claimed,
  (select count(*) from sessions w where w.template_id = p.template_id and w.state = 'waiting') as waiting,
  ${wanted(lessonsWant)} as lessons,
  (select count(*) from desktops f
    where f.template_id = p.template_id and f.failed_at > now() - interval '1 minute') as "failedLately"
from pools p join templates t on t.id = p.template_id
cross join lateral (
  select ${unusedColumns} from desktops d
  where d.template_id = p.template_id and d.state in ('creating', 'cold', 'warming', 'ready', 'cooling')
) unused
where $1::text is null or p.template_id = $1
order by p.template_id`,
};

export interface PoolState extends PoolCounts, PoolRule {
  readonly templateId: string;
  readonly provider: string;
  readonly storage: string;
}

/** @returns every pool, or that of one template; empty when there is none. */
export async function countPools(db: Queryable, templateId?: string): Promise<PoolState[]> {
  const rows = await db.query<Omit<PoolState, 'hasCold'>>(countSql, [templateId ?? null]);
  return rows.map((row) => ({ ...row, hasCold: ruleOf(row.provider).hasCold }));
}
