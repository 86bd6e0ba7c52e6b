/**
 * People whom somebody else proves. Their account is made at the first sign-in and belongs to its source for ever:
 * a name that is taken, by whomever, is left to its owner. Name, role and groups are taken from the source each time.
 */
import { HomeroomError, type ListedUser } from '@homeroom/protocol';
import { record } from '../../store/audit.ts';
import type { Changes } from '../../store/changes.ts';
import type { Database, Queryable } from '../../store/database.ts';
import { accountNameOf, distinctAccountNameOf } from '../account-name.ts';
import type { Account } from '../authenticator.ts';
import { changeUser } from '../change-user.ts';
import { type SignedInRow, signedInColumns, userOf } from '../signed-in.ts';
import { syncGroups } from './external-groups.ts';
import type { ExternalPerson } from './external-person.ts';
import { externalUsernames } from './external-username.ts';

const maxDisplayNameLength = 64;

/** The same person on two machines for the first time at once gets one account. */
const lockSql = `select pg_advisory_xact_lock(hashtextextended('homeroom person ' || $1 || ' ' || $2, 0))`;

const findSql = `
select ${signedInColumns}, u.disabled_at is not null as disabled, u.email
from users u where u.source = $1 and u.external_id = $2`;

const createSql = `
insert into users (username, display_name, role, account, source, external_id)
values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`;

const emailSql = 'update users set email = $2 where id = $1 and email is distinct from $2';

type Row = SignedInRow & { readonly disabled: boolean };

/** See the head of the file. */
export class ExternalPeople {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * Find the account of who was proven, or make it, and bring it up to what its source says.
   *
   * @throws account_disabled; last_admin when the source takes the role of the only admin away
   */
  async enter(person: ExternalPerson, address: string | null): Promise<Account> {
    const found = await this.#findOrCreate(person, address);
    if (found.disabled) throw new HomeroomError('account_disabled');
    await this.#update(found, person, address);
    const { joined, left } = await this.#db.transaction(async (tx) => {
      await tx.query(emailSql, [found.id, person.email]);
      return await syncGroups(tx, found.id, person);
    });
    for (const id of [...joined, ...left]) this.#changes.announce({ kind: 'group', id });
    const [row] = await this.#db.query<Row>(findSql, [person.source, person.externalId]);
    if (!row) throw new HomeroomError('internal', 'the account of who was proven is gone');
    return userOf(row);
  }

  async #findOrCreate(person: ExternalPerson, address: string | null): Promise<Row> {
    const key = [person.source, person.externalId];
    const [known] = await this.#db.query<Row>(findSql, key);
    if (known) return known;
    const made = await this.#db.transaction(async (tx) => {
      await tx.query(lockSql, key);
      const [meanwhile] = await tx.query<Row>(findSql, key);
      if (meanwhile) return meanwhile;
      await create(tx, person, address);
      const [row] = await tx.query<Row>(findSql, key);
      if (!row) throw new HomeroomError('internal', 'the new user was not returned');
      return row;
    });
    this.#changes.announce({ kind: 'user', id: made.id });
    return made;
  }

  async #update(found: Row, person: ExternalPerson, address: string | null): Promise<void> {
    const displayName = displayNameOf(person, found.username);
    if (found.role === person.role && found.display_name === displayName) return;
    await changeUser(this.#db, {
      id: found.id,
      patch: { displayName, role: person.role },
      actor: { userId: null, username: person.source, address },
    });
    this.#changes.announce({ kind: 'user', id: found.id });
  }
}

async function create(tx: Queryable, person: ExternalPerson, address: string | null): Promise<void> {
  const { source, externalId, role } = person;
  for (const username of externalUsernames(person.usernames, `${source} ${externalId}`)) {
    const displayName = displayNameOf(person, username);
    for (const account of [accountNameOf(username), distinctAccountNameOf(username)]) {
      const values = [username, displayName, role, account, source, externalId];
      const [made] = await tx.query<{ id: ListedUser['id'] }>(createSql, values);
      if (!made) continue;
      const after = { username, displayName, role, source };
      await record(tx, {
        actor: { id: null, username: source },
        action: 'user.create',
        subject: made.id,
        after,
        address,
      });
      return;
    }
  }
  throw new HomeroomError('user_name_taken');
}

function displayNameOf({ displayName }: ExternalPerson, username: string): string {
  const plain = displayName.replace(/\p{Cc}+/gu, ' ').trim();
  return plain === '' ? username : plain.slice(0, maxDisplayNameLength);
}
