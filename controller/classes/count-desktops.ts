import type { DesktopCount } from '@homeroom/protocol';
import { type CapacityRule, sessionsPerHost } from '../providers/host/kind-capacity.ts';
import type { Queryable } from '../store/database.ts';
import type { Roster } from './class-roster.ts';

const ruleSql = 'select kind, host_capacity as "hostCapacity" from templates where id = $1';

/** Of hosts what they still take, by the rules by which places on them are given; one on its way without a host may never get one. */
const countSql = `
with wanted as (
  select user_id, seat_id from unnest($2::uuid[], $3::uuid[]) w (user_id, seat_id)
), there as (
  select count(*) filter (where state = 'ready') as ready,
    count(*) filter (where state in ('creating', 'cold', 'warming', 'cooling')
      and (provider <> 'host' or host_id is not null)) as coming,
    count(*) filter (where state = 'claimed') as claimed
  from desktops where template_id = $1 and state <> 'gone'
)
select (
    select count(*) from wanted w where not exists (
      select from sessions s where s.state <> 'ended' and (s.user_id = w.user_id or w.user_id is null and s.seat_id = w.seat_id))
  ) as needed, there.ready,
  greatest(there.ready, least(
    coalesce((select maximum from pools where template_id = $1), there.ready + there.coming + there.claimed) - there.claimed,
    case when t.provider = 'host' then there.ready + there.coming + free_places.n else 2147483647 end
  ))::integer as possible
from there, templates t, lateral (
  select coalesce(sum(greatest(0, least(h.capacity - used.whole, $4::integer - used."ofTemplate"))), 0) as n
  from hosts h join devices on devices.id = h.device_id, lateral (
    select count(*) as whole, count(*) filter (where d.template_id = t.id) as "ofTemplate"
    from desktops d where d.host_id = h.device_id and d.state <> 'gone'
  ) used
  where h.healthy and not h.draining and devices.host_consent = 'allowed' and (t.kind is null or t.kind = any(h.kinds))
) free_places
where t.id = $1`;

/** @returns how many desktops a start needs, and how many there are and can be */
export async function countDesktops(
  db: Queryable,
  { template, group, seats }: Pick<Roster, 'template' | 'group' | 'seats'>,
): Promise<DesktopCount> {
  // Of a class with a plan, nobody is expected at a seat without a name.
  const wanting = seats.filter(({ student }) => group === null || student !== null);
  const [rule] = await db.query<CapacityRule>(ruleSql, [template]);
  const [row] = await db.query<DesktopCount>(countSql, [
    template,
    wanting.map(({ student }) => student?.id ?? null),
    wanting.map(({ id }) => id),
    rule ? sessionsPerHost(rule) : null,
  ]);
  return row ?? { needed: wanting.length, ready: 0, possible: 0 };
}
