/**
 * People without an account, for one session each. A guest is a user like any other to sessions and hosts (a home, a
 * user id of their own, which is never given again), but may use nothing of the API but that session, and goes with it:
 * the host removes the home with the desktop, then the rows go. The audit log keeps what was done.
 */
import { randomInt } from 'node:crypto';
import { HomeroomError } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import type { Account } from './authenticator.ts';
import { type SignedInRow, signedInColumns, userOf } from './signed-in.ts';

/** No letter that is read for another one. */
const letters = 'abcdefghkmnprstuvwxyz23456789';
const nameLength = 8;
/** A guest whose session could not be made is gone after that, at the latest. */
const waitsFor = '2 minutes';
const batch = 200;

const createSql = `
with u as (
  insert into users (username, display_name, role, account, source) values ($1, 'Guest', 'student', $1, 'anonymous')
  returning *
)
select ${signedInColumns} from u`;

const limitSql = 'update sessions set limit_s = $2 where id = $1';

/**
 * Of `users u`: a guest who has gone. Not while a desktop of theirs stands: its provider removes the home with it, by the
 * account that is named here.
 */
export const isOver = `u.source = 'anonymous' and u.created_at < now() - interval '${waitsFor}' and not exists (
  select from sessions s left join desktops d on d.id = s.desktop_id
  where s.user_id = u.id and (s.state <> 'ended' or d.state <> 'gone')
)`;

const overSql = `select u.id from users u where ${isOver} limit ${batch} for update of u skip locked`;

const removeSessionsSql = 'delete from sessions where user_id = any($1::uuid[])';
const removeSql = `delete from users where id = any($1::uuid[]) and source = 'anonymous'`;

/** See the head of the file. */
export class Guests {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns a new guest, who has no password and signs in by being let in alone. */
  async create(): Promise<Account> {
    const name = `guest-${Array.from({ length: nameLength }, () => letters[randomInt(letters.length)]).join('')}`;
    const [row] = await this.#db.query<SignedInRow>(createSql, [name]);
    if (!row) throw new HomeroomError('internal', 'the new guest was not returned');
    return userOf(row);
  }

  /** Let a guest's session end after so many seconds of use, if its template does not end it sooner. */
  async limit(sessionId: string, limitS: number): Promise<void> {
    await this.#db.query(limitSql, [sessionId, limitS]);
  }

  /** Remove guests whose desktops are gone. @returns how many */
  async sweep(): Promise<number> {
    return await this.#db.transaction(async (tx) => {
      const ids = (await tx.query<{ id: string }>(overSql)).map(({ id }) => id);
      if (ids.length === 0) return 0;
      await tx.query(removeSessionsSql, [ids]);
      await tx.query(removeSql, [ids]);
      return ids.length;
    });
  }
}
