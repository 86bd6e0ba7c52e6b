import { HomeroomError, type Role, type User } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { accountNameOf, distinctAccountNameOf } from './account-name.ts';
import { hashPassword } from './password-hash.ts';

export interface NewUser {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  /** Null: nobody can sign in as this user until a password is set. */
  readonly password: string | null;
}

interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly display_name: string;
  readonly role: Role;
}

const listSql = `
select id, username, display_name, role from users
where disabled_at is null and ($1::uuid is null or id = $1) order by username`;

const createSql = `
insert into users (username, display_name, role, password_hash, account) values ($1, $2, $3, $4, $5)
returning id, username, display_name, role`;

const setPasswordSql = `
with changed as (update users set password_hash = $2 where username = $1 returning id),
     ended as (delete from sign_ins using changed where sign_ins.user_id = changed.id)
select id from changed`;

/** The people that have an account. */
export class Users {
  readonly #db: Database;
  readonly #changes: Changes;

  constructor({ db, changes }: { db: Database; changes: Changes }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns every user that is not disabled, by user name. */
  async list(): Promise<User[]> {
    return (await this.#db.query<UserRow>(listSql, [null])).map(toUser);
  }

  /** @returns the user, or undefined when there is none with this id. */
  async get(id: string): Promise<User | undefined> {
    const [row] = await this.#db.query<UserRow>(listSql, [id]);
    return row && toUser(row);
  }

  /** @throws conflict when the user name is taken, request_invalid when it is not allowed */
  async create(user: NewUser, actor: Actor): Promise<User> {
    const created = await insertUser(this.#db, user);
    await record(this.#db, {
      actor: { id: actor.userId, username: actor.username },
      action: 'user.create',
      subject: created.id,
      details: { username: created.username, role: created.role },
      address: actor.address,
    });
    this.#changes.announce({ kind: 'user', id: created.id });
    return created;
  }

  /** Set a password and end every sign-in of the user. @throws not_found */
  async setPassword(username: string, password: string, actor: Actor): Promise<void> {
    const [row] = await this.#db.query<{ id: string }>(setPasswordSql, [
      username,
      await hashPassword(password),
    ]);
    if (!row) throw new HomeroomError('not_found', `there is no user ${username}`);
    await record(this.#db, {
      actor: { id: actor.userId, username: actor.username },
      action: 'user.set-password',
      subject: row.id,
      address: actor.address,
    });
    this.#changes.announce({ kind: 'user', id: row.id });
  }
}

/** Write a user down, with an account name of their own. @throws conflict, request_invalid */
export async function insertUser(db: Queryable, user: NewUser): Promise<User> {
  const hash = user.password === null ? null : await hashPassword(user.password);
  const values = [user.username, user.displayName, user.role, hash];
  try {
    return await insertRow(db, [...values, accountNameOf(user.username)]);
  } catch (caught) {
    const violation = violationOf(caught);
    if (violation?.constraint === 'users_account_key') {
      return await insertRow(db, [...values, distinctAccountNameOf(user.username)]);
    }
    if (violation?.kind === 'unique') {
      throw new HomeroomError('conflict', `the user name ${user.username} is taken`, { cause: caught });
    }
    if (violation) throw new HomeroomError('request_invalid', violation.constraint, { cause: caught });
    throw caught;
  }
}

async function insertRow(db: Queryable, values: readonly unknown[]): Promise<User> {
  const [row] = await db.query<UserRow>(createSql, values);
  if (!row) throw new HomeroomError('internal', 'the new user was not returned');
  return toUser(row);
}

function toUser(row: UserRow): User {
  return { id: row.id, username: row.username, displayName: row.display_name, role: row.role };
}
