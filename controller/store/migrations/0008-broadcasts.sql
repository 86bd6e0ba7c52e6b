-- Broadcasts of a desktop to a room, and whoever looks at a desktop beside its user.

create table broadcasts (
  id uuid primary key default gen_random_uuid(),
  room_id uuid not null references rooms on delete cascade,
  -- Whose desktop is shown.
  session_id uuid not null references sessions on delete cascade,
  started_by uuid references users on delete set null,
  started_at timestamptz not null default now(),
  -- Always there: a stop that is lost cannot leave a room stuck.
  expires_at timestamptz not null check (expires_at > started_at),
  ended_at timestamptz,
  end_reason text check (end_reason in ('stopped', 'expired', 'source-ended', 'replaced')),
  created_at timestamptz not null default now(),
  check ((ended_at is null) = (end_reason is null))
);
-- One per room.
create unique index broadcasts_one_per_room on broadcasts (room_id) where ended_at is null;
create index broadcasts_of_session on broadcasts (session_id);

-- At which seats; the seat of the desktop itself shows that desktop.
create table broadcast_seats (
  broadcast_id uuid not null references broadcasts on delete cascade,
  seat_id uuid not null references seats on delete cascade,
  created_at timestamptz not null default now(),
  primary key (broadcast_id, seat_id)
);
create index broadcast_seats_of_seat on broadcast_seats (seat_id);

-- What is to be seen now: one that is over is so by the clock, whether or not anybody has written that down.
create view live_broadcasts as
  select b.* from broadcasts b join sessions s on s.id = b.session_id
  where b.ended_at is null and b.expires_at > now() and s.state <> 'ended';

-- What a ticket opens the stream for.
alter table stream_tickets
  add column purpose text not null default 'own' check (purpose in ('own', 'watch', 'control', 'broadcast')),
  add column broadcast_id uuid references broadcasts on delete cascade,
  add check ((purpose = 'broadcast') = (broadcast_id is not null));

-- Streams that are open beside those of a session's own user. The process that relays one tells of it again and again;
-- what nobody tells of any more is over.
create table stream_views (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references sessions on delete cascade,
  purpose text not null check (purpose in ('watch', 'control', 'broadcast')),
  -- The teacher who looks.
  user_id uuid references users on delete cascade,
  broadcast_id uuid references broadcasts on delete cascade,
  -- The seat that a broadcast is seen at.
  seat_id uuid references seats on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  check ((purpose = 'broadcast') = (broadcast_id is not null)),
  check ((purpose = 'broadcast') = (user_id is null))
);
-- One at a time holds keyboard and mouse.
create unique index stream_views_one_control on stream_views (session_id) where purpose = 'control';
create index stream_views_of_session on stream_views (session_id);
create index stream_views_of_broadcast on stream_views (broadcast_id) where broadcast_id is not null;
