-- Lessons that size and hold pools, exams, and quotas. What they mean for a claim is one function, `claim_rules`.

-- Lessons ------------------------------------------------------------------------------------------------------

alter table lesson_series
  drop column rule,
  add column seats integer check (seats > 0),
  add column lead_s integer not null default 900 check (lead_s between 0 and 86400),
  add column at_end text not null default 'warn' check (at_end in ('end', 'warn')),
  add column exam boolean not null default false,
  add column more_templates text[] not null default '{}',
  -- Changed since its lessons were last looked at; they are looked at now and then anyway, for the weeks go on.
  add column look_again_at timestamptz not null default now();

drop index lessons_of_series;
alter table lessons
  -- Which day of its series it is; one that was moved by hand stays that day's.
  add column series_day date,
  -- A person changed it: neither its series nor an import changes it again.
  add column edited_at timestamptz,
  -- What the timetable calls it, with all its repetitions.
  add column import_uid text,
  -- `lessons_open` is read for one day ahead.
  add check (lead_s <= 86400),
  add check ((series_id is null) = (series_day is null)),
  add check ((external_id is null) = (import_uid is null));
create unique index lessons_of_series on lessons (series_id, series_day) where series_id is not null;
create index lessons_imported on lessons (source, import_uid) where import_uid is not null;
create index lessons_by_time on lessons (starts_at, ends_at);

-- What was collected of an exam, of each who sat it.
create table exam_collections (
  lesson_id uuid not null references lessons on delete cascade,
  user_id uuid not null references users on delete cascade,
  -- The host whose agent collects; null where there was none.
  host_id text,
  state text not null default 'due' check (state in ('due', 'done', 'failed')),
  -- What was collected and what was not, as the agent told it.
  report jsonb,
  -- Why it is not done yet, or failed.
  reason text,
  attempts integer not null default 0,
  look_again_at timestamptz not null default now(),
  collected_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (lesson_id, user_id),
  check ((state = 'done') = (collected_at is not null))
);
create index exam_collections_due on exam_collections (look_again_at) where state = 'due';

-- Lessons whose lead or time runs. Inlined where it is used, so the condition is the index's.
create function current_lessons() returns setof lessons language sql stable as $$
  select * from lessons
  where closed_at is null and cancelled_at is null
    and starts_at <= now() + interval '1 day' and ends_at > now()
    and starts_at - make_interval(secs => lead_s) <= now()
$$;

-- Whose lesson it is: the members of its group; without a group, whoever sits in its room.
create function is_of_lesson(person uuid, seat uuid, l lessons) returns boolean language sql stable as $$
  select case
    when l.group_id is not null
      then exists (select from group_members m where m.group_id = l.group_id and m.user_id = person)
    else exists (select from seats s where s.id = seat and s.room_id = l.room_id)
  end
$$;

create function lesson_offers(l lessons, template text) returns boolean language sql immutable as $$
  select l.template_id = template or template = any(l.more_templates)
$$;

-- How many desktops a lesson needs: what it says, else as many as its group has students, or its room seats.
create function lesson_need(l lessons) returns integer language sql stable as $$
  select coalesce(l.seats, case
    when l.group_id is not null then (
      select count(*) from group_members m join users u on u.id = m.user_id
      where m.group_id = l.group_id and u.role = 'student' and u.disabled_at is null)
    else (select count(*) from seats s where s.room_id = l.room_id)
  end)::integer
$$;

-- What lessons need now beyond what those who belong to them have or wait for. Pools grow by it, others leave it.
drop view lesson_demand;
create view lesson_demand as
select l.id as lesson_id, l.template_id, l.group_id as reserved_for,
  greatest(0, lesson_need(l) - case
    when l.group_id is not null then (
      select count(*) from group_members m join sessions s on s.user_id = m.user_id
      where m.group_id = l.group_id and s.state <> 'ended' and s.template_id = l.template_id)
    else (
      select count(*) from seats x join sessions s on s.seat_id = x.id
      where x.room_id = l.room_id and s.state <> 'ended' and s.template_id = l.template_id)
  end)::integer as wanted
from current_lessons() l;

-- Whether an exam that a person sits keeps them from a template.
create function exam_bars(person uuid, seat uuid, template text) returns boolean language sql stable as $$
  select coalesce(not bool_or(lesson_offers(l, template)), false)
  from current_lessons() l where l.exam and is_of_lesson(person, seat, l)
$$;

-- Quotas -------------------------------------------------------------------------------------------------------

create function school_time_zone() returns text language sql stable as $$
  select coalesce((select value #>> '{}' from settings where key = 'time-zone'), 'UTC')
$$;

-- The week that runs, from Monday by the school's clocks.
create function school_week(out begins_at timestamptz, out ends_at timestamptz) language sql stable as $$
  select monday at time zone zone, (monday + interval '7 days') at time zone zone
  from school_time_zone() zone, date_trunc('week', now() at time zone zone) monday
$$;

-- Seconds that a person had desktops since a time; of one template where it is named.
create function seconds_used(person uuid, template text, since timestamptz) returns float8 language sql stable as $$
  select coalesce(sum(extract(epoch from coalesce(s.ended_at, now()) - greatest(d.claimed_at, since))), 0)::float8
  from sessions s join desktops d on d.id = s.desktop_id
  where s.user_id = person and (template is null or s.template_id = template)
    and d.claimed_at < now() and coalesce(s.ended_at, now()) > greatest(d.claimed_at, since)
$$;

-- Whether a quota speaks of a person's use of a template.
create function quota_applies(q quotas, person uuid, template text) returns boolean language sql stable as $$
  select (q.user_id is null or q.user_id = person)
    and (q.template_id is null or q.template_id = template)
    and (q.group_id is null
      or exists (select from group_members m where m.group_id = q.group_id and m.user_id = person))
$$;

-- Live sessions that count against a quota, without those of the person who asks.
create function quota_sessions(q quotas, asking uuid) returns integer language sql stable as $$
  select case
    when q.group_id is not null then (
      select count(*) from group_members m join sessions s on s.user_id = m.user_id
      where m.group_id = q.group_id and s.state <> 'ended' and s.user_id <> asking
        and (q.template_id is null or s.template_id = q.template_id))
    else (
      select count(*) from sessions s
      where s.state <> 'ended' and s.user_id <> asking and (q.user_id is null or s.user_id = q.user_id)
        and (q.template_id is null or s.template_id = q.template_id))
  end::integer
$$;

-- Desktops that are used, or were and are not removed yet, and those that somebody waits for.
create function quota_desktops(q quotas, asking uuid) returns integer language sql stable as $$
  select count(*)::integer from sessions s left join desktops d on d.id = s.desktop_id
  where (s.state = 'waiting' or d.state in ('claimed', 'deleting', 'failed'))
    and not (s.user_id = asking and s.state <> 'ended')
    and (q.user_id is null or s.user_id = q.user_id)
    and (q.template_id is null or s.template_id = q.template_id)
    and (q.group_id is null or s.user_id in (select m.user_id from group_members m where m.group_id = q.group_id))
$$;

-- Policies -----------------------------------------------------------------------------------------------------

-- What the desktop was started with: fixed when it becomes its user's, whatever becomes of its template.
alter table sessions add column policies jsonb;

-- What a session's desktop lets through: what its template says, and nothing to copy in an exam.
create function session_policies(template text, lesson uuid) returns jsonb language sql stable as $$
  select t.policies || case when exists (select from lessons l where l.id = lesson and l.exam)
    then '{"clipboardIn": false, "clipboardOut": false, "fileTransfer": false, "printing": false}'::jsonb
    else '{}'::jsonb end
  from templates t where t.id = template
$$;

-- The claim ----------------------------------------------------------------------------------------------------

create type claim_ruling as (
  -- Why there will be no session, as facts for a sentence; null when there may be one.
  refusal jsonb,
  -- The lesson that the session belongs to.
  lesson_id uuid,
  -- Whether what stands ready is kept for lessons of others: then it waits.
  is_held boolean,
  -- Seconds until the person's hours of this week are used up.
  limit_s integer
);

-- What quotas say. Whoever counts against the same quota waits here until the one before has committed; the counts are
-- read after that, each by a snapshot of its own (which is why it is volatile). Locks are taken in one order.
create function quota_ruling(person uuid, template text, inout ruling claim_ruling) language plpgsql volatile as $$
declare
  q quotas;
  used integer;
  used_s float8;
  left_s float8;
  week record;
begin
  for q in
    select * from quotas
    where user_id is null and num_nonnulls(active_sessions, total_desktops) > 0
      and quota_applies(quotas, person, template)
    order by id
  loop
    perform pg_advisory_xact_lock(hashtextextended('quota ' || q.id, 0));
  end loop;
  select * into week from school_week();
  for q in select * from quotas where quota_applies(quotas, person, template) order by created_at, id loop
    used := case when q.active_sessions is not null then quota_sessions(q, person) end;
    if used >= q.active_sessions then
      ruling.refusal := jsonb_build_object('quota', q.id, 'limit', 'activeSessions', 'most', q.active_sessions, 'used', used);
      return;
    end if;
    used := case when q.total_desktops is not null then quota_desktops(q, person) end;
    if used >= q.total_desktops then
      ruling.refusal := jsonb_build_object('quota', q.id, 'limit', 'totalDesktops', 'most', q.total_desktops, 'used', used);
      return;
    end if;
    if q.hours_per_week is not null then
      used_s := seconds_used(person, q.template_id, week.begins_at);
      left_s := q.hours_per_week * 3600 - used_s;
      -- Less than a minute is of no use to anybody.
      if left_s < 60 then
        ruling.refusal := jsonb_build_object('quota', q.id, 'limit', 'hoursPerWeek', 'most', q.hours_per_week,
          'used', used_s / 3600, 'freesAt', week.ends_at);
        return;
      end if;
      -- Hours that begin on Monday are new ones.
      if now() + make_interval(secs => left_s) > week.ends_at then
        left_s := extract(epoch from week.ends_at - now()) + q.hours_per_week * 3600;
      end if;
      ruling.limit_s := least(ruling.limit_s, floor(left_s)::integer);
    end if;
  end loop;
end $$;

-- Whether all that stands ready of a template is kept for lessons. Who belongs to one of them is never held.
create function holds_back(template text) returns boolean language plpgsql volatile as $$
declare
  kept integer;
begin
  if not exists (select from lesson_demand d where d.template_id = template and d.wanted > 0) then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('held ' || template, 0));
  kept := (select sum(d.wanted) from lesson_demand d where d.template_id = template);
  return kept >= (
    select count(*) from (
      select from desktops d where d.template_id = template and d.state = 'ready' limit kept + 1) ready);
end $$;

create function claim_rules(person uuid, template text, seat uuid) returns claim_ruling language plpgsql volatile as $$
declare
  ruling claim_ruling;
begin
  if exam_bars(person, seat, template) then
    ruling.refusal := (
      select jsonb_build_object('exam', l.name, 'freesAt', l.ends_at, 'templates', l.template_id || l.more_templates)
      from current_lessons() l where l.exam and is_of_lesson(person, seat, l) order by l.ends_at limit 1);
    return ruling;
  end if;
  ruling.lesson_id := (
    select l.id from current_lessons() l
    where lesson_offers(l, template) and is_of_lesson(person, seat, l)
    order by l.exam desc, l.starts_at > now(), l.ends_at, l.id limit 1);
  if exists (select from quotas) then
    ruling := quota_ruling(person, template, ruling);
    if ruling.refusal is not null then
      return ruling;
    end if;
  end if;
  ruling.is_held := ruling.lesson_id is null and holds_back(template);
  return ruling;
end $$;
