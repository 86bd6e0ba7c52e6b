-- What a teacher does to a room at once. Whatever takes a screen away from whoever works there ends by itself: a lost
-- "unlock" leaves no seat stuck.

alter table devices add column desired_muted boolean not null default false;

-- Beside devices.desired_lock, which somebody set for one device and which stays until they take it back.
create table seat_locks (
  seat_id uuid primary key references seats on delete cascade,
  locked_by uuid references users on delete set null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  check (expires_at > created_at)
);
create index seat_locks_by_expiry on seat_locks (expires_at);

create table room_messages (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references rooms on delete cascade,
  text text not null check (text <> ''),
  sent_by uuid references users on delete set null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  -- Whether its end by time was told to the seats.
  expiry_told boolean not null default false,
  created_at timestamptz not null default now(),
  check (expires_at > created_at)
);
create index room_messages_of_room on room_messages (room_id, created_at);
create index room_messages_live on room_messages (expires_at) where withdrawn_at is null and not expiry_told;

create table message_receipts (
  message_id uuid not null references room_messages on delete cascade,
  seat_id uuid not null references seats on delete cascade,
  shown_at timestamptz,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (message_id, seat_id),
  -- Who read it saw it.
  check (read_at is null or shown_at is not null)
);
create index message_receipts_unread on message_receipts (seat_id) where read_at is null;

-- The message that a seat shows: of those that nobody there has read, the first.
create function message_at(seat uuid) returns setof room_messages language sql stable as $$
  select m.* from message_receipts r join room_messages m on m.id = r.message_id
  where r.seat_id = seat and r.read_at is null and m.withdrawn_at is null and m.expires_at > now()
  order by m.created_at, m.id limit 1
$$;

create table file_rounds (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references rooms on delete cascade,
  kind text not null check (kind in ('hand-out', 'collect')),
  folder text not null check (folder <> ''),
  -- Of a hand-out: the file, which stands in the folder for files under the round's id.
  name text,
  size_bytes bigint,
  sha256 text,
  started_by uuid references users on delete set null,
  -- Who is still due then has failed.
  expires_at timestamptz not null,
  -- When its files were removed.
  emptied_at timestamptz,
  created_at timestamptz not null default now(),
  check (expires_at > created_at),
  check ((kind = 'hand-out') = (name is not null and size_bytes is not null and sha256 is not null))
);
create index file_rounds_of_room on file_rounds (room_id, created_at);
create index file_rounds_kept on file_rounds (created_at) where emptied_at is null;

create table file_round_people (
  round_id uuid not null references file_rounds on delete cascade,
  user_id uuid not null references users on delete cascade,
  state text not null default 'due' check (state in ('due', 'done', 'failed')),
  -- Why it is not done yet, or failed.
  reason text,
  -- The host that is asked now, or did it: nobody else may fetch or bring files.
  host_id text references devices on delete set null,
  files integer not null default 0 check (files >= 0),
  bytes bigint not null default 0 check (bytes >= 0),
  left_count integer not null default 0 check (left_count >= 0),
  -- What the host told, and of a collection under which names the files stand here.
  report jsonb,
  attempts integer not null default 0,
  -- When it is looked at again; whoever works on it moves it on, which is its lease.
  look_again_at timestamptz not null default now(),
  done_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (round_id, user_id),
  check ((state = 'done') = (done_at is not null)),
  check (state <> 'failed' or reason is not null)
);
create index file_round_people_due on file_round_people (look_again_at) where state = 'due';
