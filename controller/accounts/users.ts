import { HomeroomError, type ListedUser, type PatchUserRequest, type Role } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { accountNameOf, distinctAccountNameOf } from './account-name.ts';
import { changeUser, maySignIn } from './change-user.ts';
import { type ListedUserRow, listedUserColumns, toListedUser } from './listed-user.ts';
import { hashPassword } from './password-hash.ts';

export interface NewUser {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  /** Null: nobody can sign in as this user until a password is set. */
  readonly password: string | null;
}

const listSql = `
select ${listedUserColumns} from users where source <> 'anonymous' and ($1::uuid is null or id = $1)`;

const firstAdminSql = `
select ${listedUserColumns} from users where role = 'admin' and ${maySignIn} order by created_at, id limit 1`;

const createSql = `
insert into users (username, display_name, role, password_hash, account) values ($1, $2, $3, $4, $5)
returning ${listedUserColumns}`;

/** Whose password is kept elsewhere keeps none here. */
const setPasswordSql = `
with target as (select id, source from users where username = $1),
     changed as (
       update users u set password_hash = $2 from target where u.id = target.id and target.source = 'local' returning u.id
     ),
     ended as (
       delete from sign_ins using changed where sign_ins.user_id = changed.id and sign_ins.id_hash is distinct from $3
     ), owed as (
       delete from second_steps using changed where second_steps.user_id = changed.id
     )
select id, source from target`;

/** The people that have an account. */
export class Users {
  readonly #db: Database;
  readonly #changes: Changes;

  constructor({ db, changes }: { db: Database; changes: Changes }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns the users, disabled ones too, without guests. */
  page(page: PageRequest): Promise<Page<ListedUser>> {
    return readPage(this.#db, { sql: listSql, values: [null], page, toItem: toListedUser });
  }

  /** @returns the admin whose account is the oldest of those that are not disabled; undefined without any. */
  async firstAdmin(): Promise<ListedUser | undefined> {
    const [row] = await this.#db.query<ListedUserRow>(firstAdminSql);
    return row && toListedUser(row);
  }

  /** @returns whether somebody has this id or this user name. */
  async isKnown(idOrName: string): Promise<boolean> {
    const sql = 'select from users where id::text = $1 or username = $1';
    return (await this.#db.query(sql, [idOrName])).length > 0;
  }

  /** @returns the user, or undefined when there is none with this id. */
  async get(id: string): Promise<ListedUser | undefined> {
    const [row] = await this.#db.query<ListedUserRow>(listSql, [id]);
    return row && toListedUser(row);
  }

  /** @throws user_name_taken, request_invalid when the user name is not allowed */
  async create(user: NewUser, actor: Actor): Promise<ListedUser> {
    const created = await this.#db.together(async (tx) => {
      const made = await insertUser(tx, user);
      const { username, displayName, role } = made;
      await record(tx, {
        actor: { id: actor.userId, username: actor.username },
        action: 'user.create',
        subject: made.id,
        after: { username, displayName, role },
        address: actor.address,
      });
      return made;
    });
    this.#changes.announce({ kind: 'user', id: created.id });
    return created;
  }

  /**
   * Change name or role, disable or enable. Who is disabled is signed out everywhere.
   *
   * @throws not_found, last_admin
   */
  async change(id: string, patch: PatchUserRequest, actor: Actor): Promise<ListedUser> {
    const changed = await changeUser(this.#db, { id, patch, actor });
    this.#changes.announce({ kind: 'user', id });
    return changed;
  }

  /**
   * Set a password and end every sign-in of the user.
   *
   * @param keptSignIn the hash of the one sign-in that goes on: that of a person who changes their own
   * @throws not_found; managed_elsewhere for somebody of an OpenID provider or a directory
   */
  async setPassword(
    username: string,
    password: string,
    actor: Actor,
    keptSignIn: string | null = null,
  ): Promise<void> {
    const [row] = await this.#db.query<{ id: string; source: string }>(setPasswordSql, [
      username,
      await hashPassword(password),
      keptSignIn,
    ]);
    if (!row) throw new HomeroomError('not_found', `there is no user ${username}`);
    if (row.source !== 'local') {
      throw new HomeroomError('managed_elsewhere', `the password of ${username} is kept by ${row.source}`);
    }
    await record(this.#db, {
      actor: { id: actor.userId, username: actor.username },
      action: 'user.set-password',
      subject: row.id,
      address: actor.address,
    });
    this.#changes.announce({ kind: 'user', id: row.id });
  }
}

/** Write a user down, with an account name of their own. @throws user_name_taken, request_invalid */
export async function insertUser(db: Queryable, user: NewUser): Promise<ListedUser> {
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
      throw new HomeroomError('user_name_taken', `There is a user ${user.username} already.`, {
        cause: caught,
      });
    }
    if (violation) throw new HomeroomError('request_invalid', violation.constraint, { cause: caught });
    throw caught;
  }
}

async function insertRow(db: Queryable, values: readonly unknown[]): Promise<ListedUser> {
  const [row] = await db.query<ListedUserRow>(createSql, values);
  if (!row) throw new HomeroomError('internal', 'the new user was not returned');
  return toListedUser(row);
}
