/**
 * Many people at once, from a CSV file: all of them or nobody. What is wrong is told whole, before anything is
 * written; the passwords are hashed before the transaction begins, so that it is short.
 */
import { HomeroomError, type UserImport } from '@homeroom/protocol';
import type { Actor } from '../../store/actor.ts';
import { record } from '../../store/audit.ts';
import type { Changes } from '../../store/changes.ts';
import type { Database, Queryable } from '../../store/database.ts';
import { violationOf } from '../../store/database-errors.ts';
import { maySignIn } from '../change-user.ts';
import { createFirstPassword } from '../first-password.ts';
import { readCsvTable } from './csv-table.ts';
import { hashPasswords } from './hash-passwords.ts';
import type { ImportFault } from './import-fault.ts';
import {
  type Creation,
  type ExistingPeople,
  type ImportPlan,
  planImport,
  type Update,
} from './import-plan.ts';
import { knownPeople } from './known-people.ts';
import { madePasswordsCsv } from './made-passwords.ts';
import { peopleOfTable } from './people-of-table.ts';

export interface ImportRequest {
  readonly text: string;
  readonly existing: ExistingPeople;
  readonly dryRun: boolean;
}

/** Either everything that is wrong, or what was done (or would be). */
export type ImportOutcome =
  | { readonly kind: 'refused'; readonly faults: readonly ImportFault[] }
  | { readonly kind: 'done'; readonly answer: UserImport };

/** A person of the plan, with a password that is told and its hash, where there is one. */
type Made = Creation & { readonly made: boolean; readonly password: string };

const makeGroupsSql = 'insert into groups (name) select unnest($1::text[]) on conflict (name) do nothing';

const createSql = `
insert into users (username, display_name, role, account, password_hash)
select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])`;

const updateSql = `
update users u set display_name = told.display_name, role = told.role,
  password_hash = coalesce(told.password_hash, u.password_hash)
from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as told (id, display_name, role, password_hash)
where u.id = told.id`;

/** Who has a new password signs in again with it. */
const signOutSql = `
with owed as (delete from second_steps where user_id = any($1::uuid[]))
delete from sign_ins where user_id = any($1::uuid[])`;

const joinSql = `
insert into group_members (group_id, user_id)
select g.id, u.id from unnest($1::text[], $2::text[]) as wish (username, group_name)
join users u on u.username = wish.username join groups g on g.name = wish.group_name
on conflict do nothing`;

const hasAdminSql = `select 1 from users where role = 'admin' and ${maySignIn} limit 1`;

export class PeopleImport {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * Import people. Made passwords are told in the answer alone.
   *
   * @throws last_admin when nobody would be left who may change users; conflict when somebody changed people or
   *   groups meanwhile: then nothing is done
   */
  async run({ text, existing, dryRun }: ImportRequest, actor: Actor): Promise<ImportOutcome> {
    const { people, faults } = peopleOfTable(readCsvTable(text));
    const plan = planImport(people, await knownPeople(this.#db, people), existing);
    const all = [...faults, ...plan.faults].toSorted((one, other) => one.line - other.line);
    if (all.length > 0) return { kind: 'refused', faults: all };
    if (dryRun) return { kind: 'done', answer: answerOf(plan, null, true) };
    const creations = plan.creations.map((each) => withPassword(each));
    await this.#carryOut(plan, creations, actor);
    const made = creations.filter((each) => each.made);
    return {
      kind: 'done',
      answer: answerOf(plan, made.length > 0 ? madePasswordsCsv(made) : null, false),
    };
  }

  async #carryOut(plan: ImportPlan, creations: readonly Made[], actor: Actor): Promise<void> {
    const { updates, newGroups } = plan;
    const renewed = updates.filter(({ password }) => password !== undefined);
    const hashes = await hashPasswords([...creations, ...renewed].map(({ password }) => password ?? ''));
    const renewedHashes = new Map(
      renewed.map(({ id }, place) => [id, hashes[creations.length + place] ?? null]),
    );
    try {
      await this.#db.transaction(async (tx) => {
        await tx.query(makeGroupsSql, [newGroups]);
        await create(tx, creations, hashes.slice(0, creations.length));
        await update(tx, updates, renewedHashes);
        await join(tx, [...creations, ...updates]);
        if ((await tx.query(hasAdminSql)).length === 0) throw new HomeroomError('last_admin');
        await write(tx, plan, actor);
      });
    } catch (caught) {
      if (!violationOf(caught)) throw caught;
      throw new HomeroomError('conflict', 'Somebody changed people or groups meanwhile.', { cause: caught });
    }
    this.#tell(plan);
  }

  /** Lists fetch themselves anew at any change of their kind; who was changed hears of it by their own. */
  #tell({ creations, updates, newGroups }: ImportPlan): void {
    for (const { id } of updates) this.#changes.announce({ kind: 'user', id });
    if (creations.length > 0) this.#changes.announce({ kind: 'user', id: 'import' });
    const joins = [...creations, ...updates].some(({ groups }) => groups.length > 0);
    if (newGroups.length > 0 || joins) this.#changes.announce({ kind: 'group', id: 'import' });
  }
}

function withPassword(creation: Creation): Made {
  const { password } = creation;
  return password === undefined
    ? { ...creation, password: createFirstPassword(), made: true }
    : { ...creation, password, made: false };
}

async function create(tx: Queryable, people: readonly Made[], hashes: readonly string[]): Promise<void> {
  const column = (of: (person: Made) => string) => people.map(of);
  await tx.query(createSql, [
    column(({ username }) => username),
    column(({ displayName }) => displayName),
    column(({ role }) => role),
    column(({ account }) => account),
    hashes,
  ]);
}

async function update(
  tx: Queryable,
  people: readonly Update[],
  hashes: ReadonlyMap<string, string | null>,
): Promise<void> {
  const column = (of: (person: Update) => string | null) => people.map(of);
  await tx.query(updateSql, [
    column(({ id }) => id),
    column(({ displayName }) => displayName),
    column(({ role }) => role),
    column(({ id }) => hashes.get(id) ?? null),
  ]);
  await tx.query(signOutSql, [[...hashes.keys()]]);
}

async function join(
  tx: Queryable,
  people: readonly { username: string; groups: readonly string[] }[],
): Promise<void> {
  const wishes = people.flatMap(({ username, groups }) => groups.map((group) => ({ username, group })));
  await tx.query(joinSql, [wishes.map(({ username }) => username), wishes.map(({ group }) => group)]);
}

/** One line for the file: a line for each of two thousand would bury everything else. */
async function write(
  tx: Queryable,
  { creations, updates, newGroups }: ImportPlan,
  actor: Actor,
): Promise<void> {
  const { userId: id, username, address } = actor;
  const details = {
    created: creations.map((person) => person.username),
    updated: updates.map((person) => person.username),
    newGroups,
  };
  await record(tx, { actor: { id, username }, action: 'user.import', details, address });
}

function answerOf(plan: ImportPlan, passwords: string | null, dryRun: boolean): UserImport {
  const { creations, updates, unchanged, newGroups } = plan;
  return {
    dryRun,
    created: creations.length,
    updated: updates.length,
    unchanged,
    newGroups: [...newGroups],
    passwords,
  };
}
