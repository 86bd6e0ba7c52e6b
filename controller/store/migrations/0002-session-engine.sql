-- Pools in two levels, people from elsewhere, rules, lessons, findings, and an audit log that shows what is missing.

-- Templates: who may use them, how they change, what they allow -------------------------------------------------

alter table templates
  -- Grows with every change that a desktop made before does not have; older unused desktops are replaced.
  add column version integer not null default 1 check (version > 0),
  -- The desktop environment, for hosts that offer several; null runs anywhere.
  add column kind text check (kind ~ '^[a-z0-9][a-z0-9-]{0,30}$'),
  -- Sessions of this template that one host takes; null is the default of its kind.
  add column host_capacity integer check (host_capacity > 0),
  -- What the making of its desktops contends for, as a Proxmox storage.
  add column storage text not null default '',
  -- Clipboard in and out, file transfer, audio, printing: checked by the schema of the protocol.
  add column policies jsonb not null default '{}',
  -- Whether a student may put an idle end off.
  add column may_keep boolean not null default true;

-- A template without a row here is everybody's.
create table template_groups (
  template_id text not null references templates on delete cascade,
  group_id uuid not null references groups on delete cascade,
  created_at timestamptz not null default now(),
  primary key (template_id, group_id)
);

-- Pools: warm desktops run, cold ones are made and stopped; both were never used ---------------------------------

alter table pools rename column minimum to warm_minimum;
alter table pools
  -- Null is as many as the pool's maximum.
  add column warm_maximum integer check (warm_maximum >= 0),
  add column cold_minimum integer not null default 0 check (cold_minimum >= 0),
  add column cold_maximum integer not null default 0,
  -- While the pool is rolled to a new version, so many ready desktops stay; null is one less than the warm minimum.
  add column roll_floor integer check (roll_floor >= 0),
  add check (warm_maximum is null or warm_maximum >= warm_minimum),
  add check (cold_maximum >= cold_minimum),
  add check (maximum >= warm_minimum + cold_minimum);

alter table desktops
  add column template_version integer not null default 1,
  -- The level that it is made for, or on its way to.
  add column level text not null default 'warm' check (level in ('warm', 'cold')),
  -- When its making was begun, or its start from cold: what a wait for it is reckoned from.
  add column began_at timestamptz not null default now(),
  -- When its provider, or its host, first said that a desktop in use is not well; null while it is.
  add column unhealthy_at timestamptz,
  drop constraint desktops_state_check,
  add constraint desktops_state_check
    check (state in ('creating', 'cold', 'warming', 'ready', 'cooling', 'claimed', 'deleting', 'failed', 'gone')),
  drop constraint desktops_check,
  add constraint desktops_have_a_deadline check (state in ('cold', 'ready', 'claimed', 'gone') or deadline_at is not null);
create index desktops_on_host on desktops (host_id) where host_id is not null and state <> 'gone';
create index desktops_cold on desktops (template_id) where state = 'cold';
drop index desktops_due;
create index desktops_due on desktops (look_again_at)
  where state in ('creating', 'warming', 'cooling', 'claimed', 'deleting', 'failed');
-- What the limits of providers count.
create index desktops_beginning on desktops (provider) where state in ('creating', 'warming', 'cooling');
create index desktops_made on desktops (template_id, ready_at desc) where ready_at is not null;

-- How many desktops may be on their way at once; no row is no limit but that of `desktops/provider-rules.ts`.
create table provider_limits (
  provider text not null check (provider in ('host', 'kubernetes', 'proxmox', 'simulated')),
  -- Empty is the whole provider.
  storage text not null default '',
  at_once integer not null check (at_once > 0),
  created_at timestamptz not null default now(),
  primary key (provider, storage)
);

-- Hosts: the desktop environments they offer. A template that asks for none goes anywhere -------------------------

alter table hosts add column kinds text[] not null default '{}';

-- People -------------------------------------------------------------------------------------------------------

alter table users
  add column email text,
  add column source text not null default 'local' check (source in ('local', 'oidc', 'ldap', 'anonymous')),
  -- Who it is there: the subject of an OpenID provider, the DN's unique id of a directory.
  add column external_id text,
  add column last_sign_in_at timestamptz,
  -- Base32; sealed with the key of the data folder. Confirmed once a code of it was seen.
  add column totp_secret text,
  add column totp_confirmed_at timestamptz,
  -- The last time step that was accepted: a code is good once.
  add column totp_last_step bigint,
  add check ((source in ('oidc', 'ldap')) = (external_id is not null)),
  add check (totp_confirmed_at is null or totp_secret is not null);
create unique index users_external on users (source, external_id) where external_id is not null;

create table totp_recovery_codes (
  user_id uuid not null references users on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (user_id, code_hash)
);

-- Whoever has proven who they are by a password and still owes a code.
create table second_steps (
  id_hash text primary key,
  user_id uuid not null references users on delete cascade,
  device_id text references devices on delete cascade,
  -- Codes that may still be tried; the password is asked for again after the last.
  tries_left smallint not null default 5 check (tries_left >= 0),
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index second_steps_of_user on second_steps (user_id);

alter table groups
  add column source text not null default 'local' check (source in ('local', 'oidc', 'ldap'));

-- One more than the seat's own: whoever has no account sits down as a guest.
alter table seats
  add column guest_template_id text references templates on delete set null,
  add column guest_limit_s integer check (guest_limit_s > 0);

-- Whether a person may have a desktop of a template: everybody may where no group is named, its members where one is.
-- Teachers and admins try any; what a guest gets was chosen by whoever set the seat up.
create function may_use_template(person uuid, template text) returns boolean language sql stable as $$
  select not exists (select from template_groups t where t.template_id = template)
    or exists (
      select from template_groups t join group_members m on m.group_id = t.group_id
      where t.template_id = template and m.user_id = person)
    or exists (select from users u where u.id = person and u.role <> 'student')
    or exists (
      select from users u join seats s on s.guest_template_id = template
      where u.id = person and u.source = 'anonymous')
$$;


alter table api_tokens
  -- What it may do: `*`, or an area with `:read` or `:write`.
  add column scopes text[] not null default '{*}' check (cardinality(scopes) > 0),
  add column last_used_at timestamptz,
  add column withdrawn_at timestamptz;

-- Lessons ------------------------------------------------------------------------------------------------------

create table holidays (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name <> ''),
  first_day date not null,
  last_day date not null,
  created_at timestamptz not null default now(),
  check (last_day >= first_day)
);

-- What repeats every week, or every second; the lessons themselves are made from it some weeks ahead.
create table lesson_series (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name <> ''),
  room_id uuid references rooms on delete cascade,
  group_id uuid references groups on delete set null,
  template_id text not null references templates on delete restrict,
  -- 1 is Monday.
  weekday smallint not null check (weekday between 1 and 7),
  starts time not null,
  ends time not null,
  time_zone text not null,
  every_weeks smallint not null default 1 check (every_weeks between 1 and 4),
  first_day date not null,
  last_day date not null,
  rule jsonb not null default '{}',
  created_at timestamptz not null default now(),
  check (ends > starts),
  check (last_day >= first_day)
);

alter table lessons
  alter column room_id drop not null,
  add column name text not null default 'Lesson' check (name <> ''),
  add column series_id uuid references lesson_series on delete cascade,
  -- Who made it elsewhere: importing the same timetable again changes what it made.
  add column source text not null default 'manual' check (source in ('manual', 'series', 'ics', 'csv')),
  add column external_id text,
  -- How many desktops it needs; null is as many as its group has members.
  add column seats integer check (seats > 0),
  -- So long before its start its desktops are made and reserved.
  add column lead_s integer not null default 900 check (lead_s >= 0),
  add column at_end text not null default 'warn' check (at_end in ('end', 'warn')),
  -- In an exam its template is the only one, nothing is copied in or out, and files are collected at the end.
  add column exam boolean not null default false,
  -- Further templates that its group may use meanwhile.
  add column more_templates text[] not null default '{}',
  add column cancelled_at timestamptz,
  -- Set by whoever carried its end out: sessions ended or warned, files collected.
  add column closed_at timestamptz;
create unique index lessons_external on lessons (source, external_id) where external_id is not null;
create unique index lessons_of_series on lessons (series_id, starts_at) where series_id is not null;
create index lessons_open on lessons (starts_at) where closed_at is null and cancelled_at is null;

-- What lessons need now beyond what their group has: read by the pools. Nothing until there are rules for it.
create view lesson_demand as
select template_id, 0 as wanted, group_id as reserved_for from lessons where false;

-- Sessions -----------------------------------------------------------------------------------------------------

alter table sessions
  -- A limit of its own, beside the template's: a guest's.
  add column limit_s integer check (limit_s > 0),
  add column lesson_id uuid references lessons on delete set null,
  add column detached_at timestamptz,
  -- When its first stream was opened: how long its user waited for it.
  add column opened_at timestamptz,
  -- Until then neither idleness nor a lesson's end ends it: its student asked to stay.
  add column kept_until timestamptz,
  -- The end that its student was last warned of, and how often: 2 at most.
  add column warned_end_at timestamptz,
  add column warnings smallint not null default 0 check (warnings between 0 and 2),
  -- The seat that it left for another one: told there, until somebody signs in there or a minute has passed.
  add column moved_from uuid references seats on delete set null,
  add column moved_at timestamptz,
  -- When its times are looked at next: its next warning or end at the latest, and once a minute. A change of what
  -- they hang on brings it forward. The first deadlines of a session are later than its first look.
  add column sweep_at timestamptz not null default now() + interval '30 seconds';
create index sessions_sweep on sessions (sweep_at) where state <> 'ended';
drop index sessions_deadline;
create index sessions_moved on sessions (moved_from, moved_at) where moved_from is not null;
create index sessions_by_time on sessions (created_at);
create index sessions_of_user on sessions (user_id, created_at);
create index sessions_of_lesson on sessions (lesson_id) where lesson_id is not null;

-- Whom or what it limits: a user, the members of a group, a template, or a template for one of these.
create table quotas (
  id uuid primary key default gen_random_uuid(),
  user_id uuid references users on delete cascade,
  group_id uuid references groups on delete cascade,
  template_id text references templates on delete cascade,
  active_sessions integer check (active_sessions >= 0),
  hours_per_week real check (hours_per_week >= 0),
  total_desktops integer check (total_desktops >= 0),
  created_at timestamptz not null default now(),
  check (num_nonnulls(user_id, group_id, template_id) > 0),
  check (user_id is null or group_id is null),
  check (num_nonnulls(active_sessions, hours_per_week, total_desktops) > 0),
  unique nulls not distinct (user_id, group_id, template_id)
);

-- What the sweepers found -----------------------------------------------------------------------------------------

create table findings (
  id uuid primary key default gen_random_uuid(),
  -- missing: on record, not there; foreign: there, of no record or of another's; stuck: past its deadline; forgotten: nobody's any more.
  kind text not null check (kind in ('missing', 'foreign', 'stuck', 'forgotten')),
  -- Null where no provider has to do with it.
  provider text,
  subject text not null check (subject <> ''),
  -- A sentence for the admin.
  reason text not null,
  -- Whose looks find it: when they do no more, it is over.
  sweeper text not null,
  -- In how many looks it was seen.
  times integer not null default 1,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  -- What is done about it, or what was done once it is mended: a sentence.
  mend text not null,
  -- When that is tried next; null where it is not the sweeper's to do.
  mend_at timestamptz,
  attempts integer not null default 0,
  -- When it was mended, or was seen to be over by itself.
  mended_at timestamptz
);
create unique index findings_open on findings (kind, coalesce(provider, ''), subject) where mended_at is null;
create index findings_by_time on findings (first_seen_at);

-- How many were ever found: mended ones are deleted after some months.
create table finding_totals (
  kind text primary key,
  found bigint not null,
  created_at timestamptz not null default now()
);

-- What the sweepers look for, among records of which nearly all are well.
create index desktops_by_deadline on desktops (deadline_at) where deadline_at is not null;
create index desktops_unhealthy on desktops (unhealthy_at) where unhealthy_at is not null;

-- Requests that create, repeated with the same key, answer the same -------------------------------------------------

create table idempotency_keys (
  user_id uuid not null references users on delete cascade,
  -- The key itself opens the response, so only its hash is kept.
  key_hash text not null,
  -- Method, path and body: the same key for another request is a mistake.
  request_hash text not null,
  -- Null while the first one is at work.
  status integer,
  -- Sealed with the key: it may hold a password or a token that is told once.
  response bytea,
  created_at timestamptz not null default now(),
  primary key (user_id, key_hash)
);
create index idempotency_keys_old on idempotency_keys (created_at);

-- The audit log: rows are chained by their hashes shortly after they are written -------------------------------------

alter table audit_log
  add column before jsonb,
  add column after jsonb,
  -- One more than the row's before it, without a gap: a removed row shows.
  add column sequence bigint unique,
  -- SHA-256 of the hash before and of the row, hexadecimal.
  add column hash text,
  add check ((sequence is null) = (hash is null));
-- Long lists are read in pages by the time their rows were made.
create index audit_log_by_time on audit_log (created_at);
create index audit_log_unsealed on audit_log (id) where sequence is null;

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.sequence is null and
     (to_jsonb(new) - 'sequence' - 'hash' - 'actor_id') = (to_jsonb(old) - 'sequence' - 'hash' - 'actor_id') then
    return new;
  end if;
  -- A user who is deleted leaves their name.
  if tg_op = 'UPDATE' and new.actor_id is null and (to_jsonb(new) - 'actor_id') = (to_jsonb(old) - 'actor_id') then
    return new;
  end if;
  raise exception 'the audit log is only added to';
end $$;
create trigger audit_log_only_grows before update or delete on audit_log
  for each row execute function refuse_change_of_audit();

-- The end of the chain: rows cut off from it show too.
create table audit_head (
  only_one boolean primary key default true check (only_one),
  sequence bigint not null default 0,
  hash text not null default repeat('0', 64),
  created_at timestamptz not null default now()
);
insert into audit_head default values;

-- Processes that carry roles: each tells every few seconds that it lives ----------------------------------------------

create table controllers (
  id uuid primary key,
  roles text[] not null,
  machine text not null,
  pid integer not null,
  version text not null,
  seen_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
