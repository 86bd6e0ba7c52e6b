-- Relays and what hangs on them, and HDMI switches. What is true of a seat's power is voted on when it is asked for
-- (controller/power/vote.ts) and stands nowhere.

-- Nothing was ever written into the first one.
drop table relays;
create table relays (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$'),
  name text not null check (name <> ''),
  kind text not null check (kind in ('device', 'board', 'tasmota', 'shelly')),
  room_id uuid references rooms on delete set null,
  -- Whose lines they are.
  device_id text references devices on delete cascade,
  -- The level of its topics that is its own.
  topic text,
  -- SHA-256 of the random password by which it comes to the broker.
  credential_hash text,
  online boolean not null default false,
  last_seen_at timestamptz,
  -- Shelly: by which of its two languages it was heard.
  generation integer check (generation in (1, 2)),
  max_starts_per_s integer not null default 2 check (max_starts_per_s between 1 and 20),
  -- When a load was last switched on: the next one waits for its turn, whoever asks.
  last_start_at timestamptz,
  created_at timestamptz not null default now(),
  check ((kind = 'device') = (device_id is not null)),
  check ((kind in ('tasmota', 'shelly')) = (topic is not null)),
  check ((kind = 'device') = (credential_hash is null))
);
create unique index relays_topics on relays (kind, topic) where topic is not null;
create unique index relays_devices on relays (device_id) where device_id is not null;

create table relay_channels (
  relay_id text not null references relays on delete cascade,
  channel integer not null check (channel between 0 and 63),
  name text not null check (name <> ''),
  load text not null default 'other' check (load in ('seat', 'screen', 'other')),
  seat_id uuid references seats on delete set null,
  minimum_off_s integer not null default 5 check (minimum_off_s between 0 and 600),

  -- Observed, by the controller's clock.
  is_on boolean,
  since timestamptz,
  -- Since when it is off, as far as that is known; its next start waits from there.
  off_since timestamptz,
  -- The seat's computer was heard since power came: only then does "I shut down" speak of this time and no earlier one.
  was_awake boolean not null default false,
  -- Why what it says cannot be believed, as a sentence.
  doubt text,

  -- Desired: what was asked for last, and who holds it by hand.
  wanted boolean,
  override_on boolean,
  override_by text check (override_by in ('person', 'relay')),
  override_who text,
  override_until timestamptz,

  -- The change that is under way; nothing is sent without one, so a restart or a reconnect switches nothing.
  action text check (action in ('on', 'off', 'cycle', 'pulse')),
  change_id uuid,
  is_forced boolean not null default false,
  asked_at timestamptz,
  expires_at timestamptz,
  -- When its computer was told to shut down, and when it had said that it did.
  shutdown_asked_at timestamptz,
  shut_down_at timestamptz,
  -- The last command: written down before it is sent.
  sent_at timestamptz,
  sent_on boolean,
  sends integer not null default 0,
  waits_for text,
  fault text,
  look_again_at timestamptz,

  primary key (relay_id, channel),
  check ((override_on is null) = (override_by is null)),
  check ((action is null) = (change_id is null)),
  check (action is null or (asked_at is not null and expires_at is not null and look_again_at is not null)),
  check (load <> 'other' or seat_id is null)
);
-- A computer, or a screen, hangs on one channel.
create unique index relay_channels_of_seat on relay_channels (seat_id, load) where seat_id is not null;
create index relay_channels_due on relay_channels (look_again_at) where look_again_at is not null;

create table hdmi_switches (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name <> ''),
  kind text not null check (kind in ('cec', 'serial', 'board', 'pulse')),
  room_id uuid references rooms on delete set null,
  -- The device with the line to it, and its name there.
  device_id text references devices on delete set null,
  port text,
  relay_id text references relays on delete set null,
  inputs jsonb not null,
  created_at timestamptz not null default now()
);

create table hdmi_outputs (
  switch_id uuid not null references hdmi_switches on delete cascade,
  output integer not null check (output between 1 and 32),
  name text not null,
  -- What it shows as far as is known.
  input integer,
  since timestamptz,
  wanted integer,
  fault text,
  -- The routing that is under way.
  change_id uuid,
  expires_at timestamptz,
  sends integer not null default 0,
  look_again_at timestamptz,
  primary key (switch_id, output),
  check ((change_id is null) = (expires_at is null)),
  check ((change_id is null) = (look_again_at is null))
);
create index hdmi_outputs_due on hdmi_outputs (look_again_at) where look_again_at is not null;
