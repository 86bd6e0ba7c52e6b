/**
 * Claims of several people in one statement, for the usual case: a desktop of the newest version stands ready, nobody
 * waits, no rule is to be asked about. For as many as come together in a burst it costs the database a fifth of what
 * they cost one by one. Rules:
 * - it gives or leaves: whoever got nothing for any reason asks alone (see `claim.ts`), and is answered there;
 * - everything that the claim of one promises holds here: the same constraints, the same locks, one statement;
 * - what it can foresee to break a constraint it leaves; what collides all the same undoes the whole statement;
 * - users are written in one order, so that two controllers with the same users never wait for each other in a ring.
 */
import type { Database, Prepared } from '../store/database.ts';
import { type ClaimRequest, claimedColumns, createStreamSecret } from './claim.ts';
import { hasRules } from './has-rules.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';
import { startingLimitS } from './session-states.ts';

/** The arrays come by a `select`, so that their length is no reason to plan the statement anew each time. */
const claimManySql: Prepared = {
  name: 'sessions.claim-many',
  text: `
with given as (
  select * from unnest((select $1::uuid[]), (select $2::text[]), (select $3::uuid[]), (select $4::text[]),
    (select $5::uuid[]), (select $6::text[]), (select $7::text[]))
  with ordinality as given (user_id, template_id, seat_id, secret, actor_id, actor, address, place)
), asked as materialized (
  select given.*, t.version, row_number() over (partition by t.id order by given.place) as turn
  from given join users u on u.id = given.user_id
  join templates t on t.id = given.template_id and t.withdrawn_at is null
  where not ${hasRules}
    and not exists (select from template_groups limited where limited.template_id = t.id)
    and not exists (select from sessions w where w.template_id = t.id and w.state = 'waiting')
    and not exists (select from sessions live where live.user_id = given.user_id and live.state <> 'ended')
    and (given.seat_id is null or exists (select from seats where seats.id = given.seat_id)
      and not exists (select from sessions there where there.seat_id = given.seat_id and there.state <> 'ended'))
), picked as (
  select ready.id, template_id, row_number() over (partition by template_id) as turn
  from (select template_id, version, count(*) as wanted from asked group by template_id, version) template, lateral (
    select d.id from desktops d
    where d.template_id = template.template_id and d.state = 'ready' and d.template_version >= template.version
    limit template.wanted for update of d skip locked
  ) ready
), claimed as (
  update desktops d set ${claimedColumns('asked.secret')}
  from asked join picked using (template_id, turn) where d.id = picked.id and d.state = 'ready'
  returning d.id as desktop_id, asked.*
), made as (
  insert into sessions (user_id, template_id, seat_id, desktop_id, state, deadline_at)
  select user_id, template_id, seat_id, desktop_id, 'starting', now() + make_interval(secs => ${startingLimitS})
  from claimed order by user_id
  returning *
), logged as (
  insert into audit_log (actor_id, actor, action, subject, details, address)
  select claimed.actor_id, claimed.actor, 'session.start', made.id::text,
    jsonb_build_object('template', made.template_id, 'seat', made.seat_id), claimed.address
  from made join claimed using (user_id)
)
select ${sessionColumns} from made s join users u on u.id = s.user_id`,
};

/**
 * Claim a ready desktop for each of several users, as far as nothing stands in the way of any of them.
 *
 * @param requests no two of one user, or at one seat
 * @returns their new sessions, in no order; empty when none was made
 * @throws pg's own error for a constraint, and nobody has a session by it; conflict, database_unavailable
 */
export async function claimMany(db: Database, requests: readonly ClaimRequest[]): Promise<SessionRow[]> {
  return await db.query<SessionRow>(claimManySql, [
    requests.map(({ userId }) => userId),
    requests.map(({ templateId }) => templateId),
    requests.map(({ seatId }) => seatId),
    requests.map(createStreamSecret),
    requests.map(({ actor }) => actor.userId),
    requests.map(({ actor }) => actor.username),
    requests.map(({ actor }) => actor.address),
  ]);
}
