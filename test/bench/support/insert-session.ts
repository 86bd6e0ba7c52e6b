import type { StreamAddress } from '@homeroom/controller/desktops/provider.ts';
import type { Database } from '@homeroom/controller/store/database.ts';

const sql = `
with desktop as (
  insert into desktops (template_id, provider, state, stream, claimed_at, ready_at)
  values ('desktop', 'host', 'claimed', $1, now(), now()) returning id
)
insert into sessions (user_id, template_id, desktop_id, state, assigned_at, deadline_at)
select u.id, 'desktop', desktop.id, 'starting', now(), now() + interval '1 hour'
from desktop, users u where u.username = 'admin'
returning id`;

/** A session of the admin's with a desktop whose stream is here. @returns its id */
export async function insertSession(db: Database, stream: StreamAddress): Promise<string> {
  const [row] = await db.query<{ id: string }>(sql, [JSON.stringify(stream)]);
  if (!row) throw new Error('there is no admin');
  return row.id;
}
