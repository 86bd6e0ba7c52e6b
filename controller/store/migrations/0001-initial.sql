-- The state of record. What must never happen is a constraint here, not an `if` elsewhere.
-- Ids are UUIDs, but a device's (its serial number) and a template's (a slug that people type).

create table rooms (
  id uuid primary key default gen_random_uuid(),
  name text not null unique check (name <> ''),
  created_at timestamptz not null default now()
);

create table seats (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references rooms on delete restrict,
  name text not null check (name <> ''),
  x real,
  y real,
  created_at timestamptz not null default now(),
  unique (room_id, name)
);

create table users (
  id uuid primary key default gen_random_uuid(),
  username text not null unique check (username ~ '^[a-z0-9][a-z0-9._@-]{0,63}$'),
  display_name text not null,
  role text not null check (role in ('student', 'teacher', 'admin')),
  password_hash text,
  -- One uid on every host, so that a home on shared storage has one owner.
  posix_uid integer not null unique generated always as identity (start with 20000),
  -- The name of the home directory and of the account on hosts.
  account text not null unique check (account ~ '^[a-z][a-z0-9_-]{0,30}$'),
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

create table groups (
  id uuid primary key default gen_random_uuid(),
  name text not null unique check (name <> ''),
  created_at timestamptz not null default now()
);

create table group_members (
  group_id uuid not null references groups on delete cascade,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  primary key (group_id, user_id)
);

create table devices (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$' and id not in ('relay', 'controller', 'enrol')),
  name text not null check (name <> ''),
  -- A seat has one device at most, a device one seat.
  seat_id uuid unique references seats on delete set null,
  credential_hash text,
  credential_issued_at timestamptz,
  revoked_at timestamptz,
  fingerprint text,

  -- Desired: what an admin chose. The document itself is built from this and from the seat's session.
  desired_page text,
  desired_screen text not null default 'on' check (desired_screen in ('on', 'off')),
  desired_lock boolean not null default false,
  desired_message text,
  -- The document as it was last published; its revision grows with each change.
  desired jsonb,
  desired_revision bigint not null default 0,

  -- Observed: the last payload of each retained topic, as it came.
  state jsonb,
  info jsonb,
  reported jsonb,
  hdmi jsonb,
  cec jsonb,
  input jsonb,
  relays jsonb,
  health jsonb,
  host jsonb,
  last_seen_at timestamptz,
  alerts jsonb not null default '[]',
  created_at timestamptz not null default now()
);

create table join_tokens (
  -- The first eight hex digits of the secret's hash: the public name of the token.
  id text primary key check (id ~ '^[0-9a-f]{8}$'),
  secret_hash text not null,
  note text,
  room_id uuid references rooms on delete set null,
  uses_left integer check (uses_left >= 0),
  expires_at timestamptz,
  withdrawn_at timestamptz,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now()
);

create table enrolments (
  id uuid primary key default gen_random_uuid(),
  nonce text not null unique,
  device_id text not null,
  name text,
  code text not null check (code ~ '^[0-9]{6}$'),
  info jsonb not null,
  address text,
  decided_at timestamptz,
  accepted boolean,
  created_at timestamptz not null default now()
);
create index enrolments_waiting on enrolments (created_at) where decided_at is null;

-- One row of what the whole installation has once: the enrolment policy, the first start.
create table settings (
  key text primary key,
  value jsonb not null,
  created_at timestamptz not null default now()
);

create table hosts (
  device_id text primary key references devices on delete cascade,
  capacity integer not null check (capacity >= 0),
  draining boolean not null default false,
  healthy boolean not null default true,
  faults jsonb not null default '[]',
  load real not null default 0,
  seen_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);

create table templates (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null check (name <> ''),
  description text not null default '',
  icon text,
  provider text not null check (provider in ('host', 'kubernetes', 'proxmox', 'simulated')),
  stream text not null default 'vnc' check (stream in ('vnc', 'guacamole', 'selkies', 'proxmox')),
  -- What the provider needs to know; checked by the provider's own schema.
  settings jsonb not null default '{}',
  create_timeout_s integer not null default 60 check (create_timeout_s between 1 and 86400),
  idle_timeout_s integer check (idle_timeout_s > 0),
  limit_s integer check (limit_s > 0),
  detach_grace_s integer not null default 600 check (detach_grace_s >= 0),
  withdrawn_at timestamptz,
  created_at timestamptz not null default now()
);

create table pools (
  template_id text primary key references templates on delete cascade,
  minimum integer not null default 1 check (minimum >= 0),
  maximum integer not null default 10,
  max_age_s integer check (max_age_s > 0),
  created_at timestamptz not null default now(),
  check (maximum >= minimum)
);

create table desktops (
  id uuid primary key default gen_random_uuid(),
  template_id text not null references templates on delete restrict,
  provider text not null,
  -- Where it is, for providers that place desktops on hosts.
  host_id text references hosts on delete set null,
  state text not null check (state in ('creating', 'ready', 'claimed', 'deleting', 'failed', 'gone')),
  -- The provider's own resume point; opaque to everyone else.
  ref jsonb,
  -- Where the stream is reached once assigned; never leaves the controller.
  stream jsonb,
  -- Made by the claim, so that a repeated assignment brings the same one.
  stream_secret text,
  error text,
  attempts integer not null default 0,
  -- Every state that can last has one.
  deadline_at timestamptz,
  look_again_at timestamptz not null default now(),
  ready_at timestamptz,
  claimed_at timestamptz,
  failed_at timestamptz,
  created_at timestamptz not null default now(),
  check (state in ('ready', 'claimed', 'gone') or deadline_at is not null),
  check (state <> 'failed' or error is not null)
);
create index desktops_ready on desktops (template_id) where state = 'ready';
create index desktops_due on desktops (look_again_at) where state in ('creating', 'claimed', 'deleting', 'failed');
create index desktops_live on desktops (template_id, state) where state <> 'gone';
create index desktops_failed on desktops (template_id, failed_at) where failed_at is not null;

create table sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete restrict,
  template_id text not null references templates on delete restrict,
  desktop_id uuid references desktops on delete restrict,
  seat_id uuid references seats on delete set null,
  state text not null check (state in ('waiting', 'starting', 'active', 'detached', 'ended')),
  reason text,
  end_reason text check (end_reason in ('logout', 'teacher', 'idle', 'limit', 'lesson-over', 'desktop-lost', 'failed')),
  -- Every state that can last has one; an active session's is its limit, when it has one.
  deadline_at timestamptz,
  last_input_at timestamptz,
  streams integer not null default 0 check (streams >= 0),
  -- Told again and again by the process that relays them: streams of a dead process grow old.
  streams_seen_at timestamptz,
  assigned_at timestamptz,
  -- Over both desktops that a session may try.
  assign_attempts integer not null default 0,
  -- When a starting session is to be assigned; whoever works on it moves it on, which is its lease.
  look_again_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state = 'ended') = (ended_at is not null)),
  check ((state = 'ended') = (end_reason is not null)),
  check (state in ('waiting', 'ended') or desktop_id is not null),
  check (state in ('active', 'ended') or deadline_at is not null)
);
-- One live session per user.
create unique index sessions_one_per_user on sessions (user_id) where state <> 'ended';
-- A used desktop is never given again: one session per desktop, ever.
create unique index sessions_one_per_desktop on sessions (desktop_id);
-- One live session is shown at a seat.
create unique index sessions_one_per_seat on sessions (seat_id) where state <> 'ended';
create index sessions_waiting on sessions (template_id, created_at) where state = 'waiting';
create index sessions_deadline on sessions (deadline_at) where state <> 'ended';
create index sessions_unassigned on sessions (look_again_at) where state = 'starting' and assigned_at is null;

create table lessons (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references rooms on delete cascade,
  group_id uuid references groups on delete set null,
  template_id text not null references templates on delete restrict,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null default now(),
  check (ends_at > starts_at)
);

create table relays (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$'),
  state jsonb,
  last_seen_at timestamptz,
  created_at timestamptz not null default now()
);

-- Browser sign-ins. The cookie is random; only its hash is kept.
create table sign_ins (
  id_hash text primary key,
  user_id uuid not null references users on delete cascade,
  -- Bound to a kiosk: it ends when the seat's session does.
  device_id text references devices on delete cascade,
  csrf_token text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index sign_ins_of_user on sign_ins (user_id);


-- A kiosk's browser: its agent fetches the cookie with the device's credential.
create table kiosk_sign_ins (
  id_hash text primary key,
  device_id text not null references devices on delete cascade,
  csrf_token text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);

create table api_tokens (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  secret_hash text not null unique,
  note text,
  expires_at timestamptz,
  created_at timestamptz not null default now()
);

-- One connection to a stream each. `used_at` is set by the statement that redeems it.
create table stream_tickets (
  secret_hash text primary key,
  session_id uuid not null references sessions on delete cascade,
  device_id text references devices on delete cascade,
  sign_in_hash text,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);

create table audit_log (
  id bigint generated always as identity primary key,
  actor_id uuid references users on delete set null,
  actor text,
  action text not null,
  subject text,
  details jsonb,
  address text,
  created_at timestamptz not null default now()
);
