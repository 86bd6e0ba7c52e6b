/**
 * The claim: one statement, one round trip, safe from any number of controllers.
 * - Desktops of the newest version of the template go first; otherwise there is no order (see `pick-ready.ts`).
 * - Locked desktops are being claimed by somebody else: skipped, not waited for.
 * - Whoever waits in the queue goes first: a newcomer takes no desktop while somebody waits.
 * - Without a free desktop the session is made `waiting`.
 * - Quotas, exams and lessons are asked by `claim_rules` (see the migration `rules`), where there are any. Who belongs to a
 *   lesson lets nobody go first but others of lessons; what is kept for a lesson is not taken by others, who wait.
 * - A user's live session is returned instead of a second one. Two starts of one user at the same moment
 *   collide on `sessions_one_per_user`; the whole statement of the later one is undone, its desktop too.
 */
import { randomBytes } from 'node:crypto';
import { HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import type { Database, Prepared } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { mayUse } from './explain-no-template.ts';
import { explainRefusal } from './explain-refusal.ts';
import { hasRules } from './has-rules.ts';
import { pickReady } from './pick-ready.ts';
import { type SessionRow, sessionColumns } from './session-row.ts';
import { startingLimitS, waitingLimitS } from './session-states.ts';

/** What a desktop becomes when it is claimed; the statement says which row and gives the secret as `$<n>`. */
export const claimedColumns = (secret: string) => `
  state = 'claimed', claimed_at = now(), stream_secret = ${secret}, deadline_at = null, attempts = 0,
  look_again_at = now() + interval '30 seconds'`;

/** Why somebody waits while a desktop stands ready. */
export const heldReason =
  'The desktops that stand ready are kept for a lesson. You get one as soon as there is one more.';

const claimSql: Prepared = {
  name: 'sessions.claim',
  text: `
with live as materialized (
  select * from sessions where user_id = $1 and state <> 'ended'
), asked as materialized (
  select id as template_id, version, case when ${hasRules} then claim_rules($1, $2, $3) end as rules from templates
  where id = $2 and withdrawn_at is null and not exists (select from live) and ${mayUse('$1', 'templates.id')}
), template as materialized (
  select template_id, version, (rules).lesson_id, (rules).limit_s, (rules).is_held, not exists (
      select from sessions w where w.template_id = $2 and w.state = 'waiting'
        and ((rules).lesson_id is null or w.lesson_id is not null)
    ) and (rules).is_held is not true as may_take
  from asked where (rules).refusal is null
), ${pickReady('template', 'template.may_take')}, claimed as (
  update desktops d set ${claimedColumns('$4')}
  from picked where d.id = picked.id and d.state = 'ready' returning d.id
), made as (
  insert into sessions (user_id, template_id, seat_id, desktop_id, lesson_id, limit_s, reason, state, deadline_at)
  select $1, template.template_id, $3, claimed.id, template.lesson_id, template.limit_s,
    case when template.is_held then '${heldReason}' end,
    case when claimed.id is null then 'waiting' else 'starting' end,
    now() + make_interval(secs => case when claimed.id is null then ${waitingLimitS} else ${startingLimitS} end)
  from template left join claimed on true
  returning *
), logged as (
  insert into audit_log (actor_id, actor, action, subject, details, address)
  select $5::uuid, $6, 'session.start', made.id::text,
    jsonb_build_object('template', made.template_id, 'seat', made.seat_id), $7
  from made
)
select ${sessionColumns}, true as created from made s join users u on u.id = s.user_id
union all
select ${sessionColumns}, false from live s join users u on u.id = s.user_id`,
};

/** Two collisions in a row are already unlikely: each needs another start, or an end, in the same moment. */
const maxTries = 4;

export interface ClaimRequest {
  readonly userId: string;
  readonly templateId: string;
  readonly seatId: string | null;
  readonly actor: Actor;
}

/**
 * Claim a ready desktop for a user, or queue them.
 *
 * @returns the user's session; `created` is false when it was live already
 * @throws template_unknown, template_restricted, quota_exceeded, template_not_in_exam, seat_unknown, seat_taken,
 *   not_found (the user), database_unavailable
 */
export async function claim(db: Database, request: ClaimRequest): Promise<SessionRow & { created: boolean }> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await claimOnce(db, request);
    } catch (caught) {
      const violation = violationOf(caught);
      if (violation?.kind !== 'unique' || tries === maxTries) throw explainViolation(caught);
    }
  }
}

async function claimOnce(
  db: Database,
  { userId, templateId, seatId, actor }: ClaimRequest,
): Promise<SessionRow & { created: boolean }> {
  const [row] = await db.query<SessionRow & { created: boolean }>(claimSql, [
    userId,
    templateId,
    seatId,
    createStreamSecret(),
    actor.userId,
    actor.username,
    actor.address,
  ]);
  if (!row) throw await explainRefusal(db, { userId, templateId, seatId });
  return row;
}

/** @returns eight characters, all that VNC authentication looks at: 48 random bits. */
export function createStreamSecret(): string {
  return randomBytes(6).toString('base64url');
}

/** @returns the error that a person understands for a constraint of `sessions`. */
export function explainViolation(caught: unknown): unknown {
  switch (violationOf(caught)?.constraint) {
    case 'sessions_one_per_seat':
      return new HomeroomError('seat_taken', undefined, { cause: caught });
    case 'sessions_one_per_user':
      return new HomeroomError('conflict', undefined, { cause: caught });
    case 'sessions_seat_id_fkey':
      return new HomeroomError('seat_unknown', undefined, { cause: caught });
    case 'sessions_user_id_fkey':
      return new HomeroomError('not_found', 'there is no such user', { cause: caught });
    default:
      return caught;
  }
}
