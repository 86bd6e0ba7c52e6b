-- Whose room it is: teachers see and run their own rooms, admins all of them.
create table room_teachers (
  room_id uuid not null references rooms on delete cascade,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  primary key (user_id, room_id)
);
create index room_teachers_of_room on room_teachers (room_id);

-- Until now every teacher ran every room.
insert into room_teachers (room_id, user_id)
select r.id, u.id from rooms r cross join users u where u.role = 'teacher';
