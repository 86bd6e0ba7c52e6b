import type { Database } from '@homeroom/controller/store/database.ts';

/** Of a provider that makes nothing. */
const template = 'simulated';

/**
 * A school that sits still: each of so many users has a desktop and a session whose stream is open. What is looked at now
 * and then is due evenly over its span, as it is after a day.
 */
export async function seatIdleSchool(db: Database, count: number): Promise<void> {
  await db.query(`insert into templates (id, name, provider) values ($1, $1, 'simulated')`, [template]);
  await db.query('insert into pools (template_id, warm_minimum, maximum) values ($1, 20, $2)', [
    template,
    count + 100,
  ]);
  await db.query(
    `insert into users (username, display_name, role, account)
     select 'pupil' || n, 'Pupil ' || n, 'student', 'pupil' || n from generate_series(1, $1) n`,
    [count],
  );
  await db.query(
    `with desktops as (
       insert into desktops (template_id, provider, state, ref, stream, stream_secret, ready_at, claimed_at, look_again_at)
       select $1, 'simulated', 'claimed', '{"made": true}', '{}', 'abcdefgh', now(), now(), now() + random() * interval '5 minutes'
       from generate_series(1, $2) returning id
     ), paired as (
       select u.id as user_id, d.id as desktop_id
       from (select id, row_number() over () as n from users where username like 'pupil%') u
       join (select id, row_number() over () as n from desktops) d using (n)
     )
     insert into sessions (user_id, template_id, desktop_id, state, streams, streams_seen_at, last_input_at, assigned_at, sweep_at)
     select user_id, $1, desktop_id, 'active', 1, now() + interval '1 day', now(), now(), now() + random() * interval '1 minute'
     from paired`,
    [template, count],
  );
  for (const table of ['users', 'desktops', 'sessions']) await db.query(`vacuum analyze ${table}`);
}

const overdueSql = `
select count(*) as n from desktops where state = 'claimed' and look_again_at < now() - interval '2 seconds'`;

/** @returns whether the controller has looked at all that was due, and so knows every desktop. */
export async function isSettled(db: Database): Promise<boolean> {
  const [row] = await db.query<{ n: number }>(overdueSql);
  return row?.n === 0;
}

/** @throws when the school did not sit still meanwhile: then something else was measured */
export async function checkSchool(db: Database, count: number): Promise<void> {
  const [row] = await db.query<{ active: number; claimed: number }>(
    `select (select count(*) from sessions where state = 'active') as active,
       (select count(*) from desktops where state = 'claimed') as claimed`,
  );
  if (row?.active !== count || row.claimed !== count) {
    throw new Error(`${row?.active} sessions with ${row?.claimed} desktops are left of ${count}`);
  }
}
