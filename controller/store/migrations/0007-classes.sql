-- Classes: how a room's seats come into a lesson and out of it, and who sits where.

-- Who sits where: a group has one plan in a room.
create table seatings (
  room_id uuid not null references rooms on delete cascade,
  group_id uuid not null references groups on delete cascade,
  seat_id uuid not null references seats on delete cascade,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  primary key (room_id, group_id, seat_id),
  unique (room_id, group_id, user_id)
);
create index seatings_of_seat on seatings (seat_id);
create index seatings_of_user on seatings (user_id);

create table class_runs (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references rooms on delete cascade,
  kind text not null check (kind in ('start', 'end')),
  lesson_id uuid references lessons on delete set null,
  template_id text references templates on delete restrict,
  group_id uuid references groups on delete set null,
  state text not null default 'running' check (state in ('running', 'done', 'cancelled')),
  -- Their name, which stays when they are removed; null is the timetable.
  started_by text,
  started_by_id uuid references users on delete set null,
  -- Of an end: when sessions end, and whether computers are shut down and their power is cut.
  warn_until timestamptz,
  powers_off boolean not null default false,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  check ((state = 'running') = (ended_at is null)),
  check ((kind = 'start') = (template_id is not null)),
  check ((kind = 'end') = (warn_until is not null))
);
-- A room starts or ends, one at a time.
create unique index class_runs_one_per_room on class_runs (room_id) where state = 'running';
create index class_runs_of_room on class_runs (room_id, created_at desc);
-- The timetable starts and ends a lesson once, whoever looks at it.
create unique index class_runs_by_timetable on class_runs (lesson_id, kind) where started_by is null and lesson_id is not null;
create index class_runs_of_lesson on class_runs (lesson_id) where lesson_id is not null;

create table class_run_seats (
  run_id uuid not null references class_runs on delete cascade,
  seat_id uuid not null references seats on delete cascade,
  -- Who is to sit there; null where whoever signs in does.
  user_id uuid references users on delete set null,
  session_id uuid references sessions on delete set null,
  step text not null check (step in ('power', 'awake', 'screen', 'desktop', 'page', 'warning', 'session', 'shutdown')),
  state text not null default 'now' check (state in ('now', 'done', 'failed')),
  step_since timestamptz not null default now(),
  -- When the step is given up.
  deadline_at timestamptz,
  -- What it waits for, or why it failed: a sentence.
  reason text,
  -- When what the step has to ask for was asked for: a command is sent once, and again after a while.
  asked_at timestamptz,
  retries integer not null default 0 check (retries >= 0),
  -- Whoever works on it holds this and moves the next look on; what they write counts while they hold it.
  lease uuid,
  look_again_at timestamptz not null default now(),
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (run_id, seat_id),
  check (state <> 'now' or deadline_at is not null),
  check (state <> 'failed' or reason is not null),
  check ((state = 'now') = (finished_at is null))
);
create index class_run_seats_due on class_run_seats (look_again_at) where state = 'now';
create index class_run_seats_of_seat on class_run_seats (seat_id);
create index class_run_seats_of_session on class_run_seats (session_id) where session_id is not null;

-- The room is started before the lesson and ended with it, by itself.
alter table lessons add column automatic boolean not null default false;
alter table lesson_series add column automatic boolean not null default false;

-- As it was: PostgreSQL keeps the columns that lessons had when a view was made, and refuses it with one more.
create or replace view lesson_demand as
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
create index lessons_automatic on lessons (starts_at) where automatic and cancelled_at is null;

-- When the class that somebody ends is over, and since when its students are told.
alter table sessions
  add column class_ends_at timestamptz,
  add column class_told_at timestamptz,
  add check ((class_ends_at is null) = (class_told_at is null));

-- What starts without a lesson need of each template: pools grow by it, and nobody is held back for it. Who signs in by
-- themselves does so within minutes of the start.
create view class_demand as
select r.template_id, count(*)::integer as wanted
from class_runs r join class_run_seats c on c.run_id = r.id
where r.kind = 'start' and r.lesson_id is null and r.state <> 'cancelled' and c.state <> 'failed'
  and (r.ended_at is null or r.ended_at > now() - interval '10 minutes')
  and not exists (
    select from sessions s
    where s.state <> 'ended' and s.template_id = r.template_id and (s.user_id = c.user_id or s.seat_id = c.seat_id))
group by r.template_id;
