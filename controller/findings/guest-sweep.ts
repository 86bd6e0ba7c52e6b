import { Guests, isOver } from '../accounts/guests.ts';
import type { Database, Prepared } from '../store/database.ts';
import { mendGraceMs } from './desktop-sightings.ts';
import type { DueFinding } from './finding-book.ts';
import { type FindingSweep, maxSightings } from './finding-sweep.ts';
import type { Sighting } from './sighting.ts';

/** Guests go within a minute of their desktop where all is well. */
const overFor = '10 minutes';

const forgottenSql: Prepared = {
  name: 'findings.guests',
  text: `
select u.id, u.username from users u
where ${isOver} and u.created_at < now() - interval '${overFor}' and not exists (
  select from sessions s where s.user_id = u.id and s.ended_at > now() - interval '${overFor}'
) limit ${maxSightings}`,
};

const remainsSql = 'select from users where id = $1';

/** Guests who are still on record, with what they did, although their session and its desktop are gone. */
export class GuestSweep implements FindingSweep {
  readonly name = 'guests';
  readonly #db: Database;
  readonly #guests: Guests;

  constructor({ db }: { db: Database }) {
    this.#db = db;
    this.#guests = new Guests({ db });
  }

  async find(): Promise<Sighting[]> {
    const rows = await this.#db.query<{ id: string; username: string }>(forgottenSql);
    return rows.map(({ id, username }) => ({
      kind: 'forgotten',
      provider: null,
      subject: id,
      reason: `The guest ${username} is still on record: the session is over, and the desktop and its home are gone.`,
      mend: 'The guest and the session are taken off the records.',
      graceMs: mendGraceMs,
    }));
  }

  async mend({ subject }: DueFinding): Promise<string | undefined> {
    await this.#guests.sweep();
    const remains = await this.#db.query(remainsSql, [subject]);
    return remains.length > 0 ? undefined : 'The guest was taken off the records.';
  }
}
