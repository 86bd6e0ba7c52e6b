/** What a lesson does to sessions while it runs, and when it is over. */
import type { Queryable } from '../store/database.ts';

/** Whose lessons run, by people: they are fewer than live sessions, and each has one session at most. */
const peopleSql = `
people as (
  select l as lesson, m.user_id from current_lessons() l join group_members m on m.group_id = l.group_id
  union all
  select l, s.user_id
  from current_lessons() l join seats on seats.room_id = l.room_id join sessions s on s.seat_id = seats.id and s.state <> 'ended'
  where l.group_id is null
)`;

/**
 * Sessions that were there before their lesson was theirs: now they are. In an exam only what was claimed as the exam's
 * counts, for nothing else was made without a clipboard; what waits has no desktop yet.
 */
const adoptSql = `
with ${peopleSql}
update sessions s set lesson_id = (p.lesson).id, sweep_at = now()
from people p
where s.user_id = p.user_id and s.state <> 'ended' and s.lesson_id is null and lesson_offers(p.lesson, s.template_id)
  and (s.state = 'waiting' or not (p.lesson).exam and (p.lesson).starts_at <= now())
returning s.id`;

/** Whoever will sit an exam leaves a desktop of before: it ends as the exam begins, warned of as any limit. */
const limitSql = `
with ${peopleSql}, sitting as (
  select (lesson).id, user_id, greatest((lesson).starts_at, now()) as begins_at from people where (lesson).exam
)
update sessions s set sweep_at = now(), limit_s = greatest(1, extract(epoch from p.begins_at - d.claimed_at)::integer)
from sitting p, desktops d
where s.user_id = p.user_id and s.state <> 'ended' and d.id = s.desktop_id and s.lesson_id is distinct from p.id
  and (s.limit_s is null or d.claimed_at + make_interval(secs => s.limit_s) > p.begins_at + interval '1 second')
returning s.id`;

/** A lesson that only tells: who stays reads it in the session's reason. */
const warnSql = `
update sessions s set reason = 'The lesson is over. Save your work; you may go on until this desktop ends.'
from lessons l
where l.id = s.lesson_id and l.ends_at <= now() and l.closed_at is null and l.cancelled_at is null and l.at_end = 'warn'
  and s.state <> 'ended' and s.reason is null
returning s.id`;

/** Its sessions end by their own sweep; an exam is closed when they have, so that nothing is written any more. */
const closeSql = `
with over as (
  select l.id from lessons l
  where l.closed_at is null and l.cancelled_at is null and l.ends_at <= now()
    and not (l.exam and exists (select from sessions s where s.lesson_id = l.id and s.state <> 'ended'))
  for update of l skip locked
), closed as (
  update lessons l set closed_at = now() from over where l.id = over.id
  returning l.id, l.template_id as template, l.exam
), due as (
  insert into exam_collections (lesson_id, user_id, host_id)
  select distinct on (closed.id, s.user_id) closed.id, s.user_id, d.host_id
  from closed join sessions s on s.lesson_id = closed.id join desktops d on d.id = s.desktop_id
  where closed.exam
  order by closed.id, s.user_id, s.created_at desc
  on conflict do nothing
)
select id, template from closed`;

/** Have running sessions be their lesson's. @returns those that changed */
export async function adoptSessions(db: Queryable): Promise<string[]> {
  const adopted = await db.query<{ id: string }>(adoptSql);
  const limited = await db.query<{ id: string }>(limitSql);
  return [...adopted, ...limited].map(({ id }) => id);
}

/** Do what the end of lessons brings. @returns the lessons that were closed */
export async function closeLessons(db: Queryable): Promise<{ id: string; template: string }[]> {
  await db.query(warnSql);
  return await db.query(closeSql);
}
