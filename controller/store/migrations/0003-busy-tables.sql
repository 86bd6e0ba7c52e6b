-- A burst of claims writes each session and each desktop several times within seconds. An update that touches no
-- column of any index, on a page with room for the new version, writes none of the table's indexes ("HOT").

-- Taking a session moves `look_again_at`, finishing sets `assigned_at`: neither stands in an index any more. Sessions
-- are `starting` for two minutes at most, so that there are few to look through.
drop index sessions_unassigned;
create index sessions_starting on sessions (id) where state = 'starting';

-- Who sits at no seat needs no entry.
drop index sessions_one_per_seat;
create unique index sessions_one_per_seat on sessions (seat_id) where state <> 'ended' and seat_id is not null;

alter table sessions set (fillfactor = 70);
alter table desktops set (fillfactor = 70);
