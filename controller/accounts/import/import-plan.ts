/** What an import comes to, from the people on file and those who are there. Pure. */
import type { Role } from '@homeroom/protocol';
import { accountNameOf, distinctAccountNameOf } from '../account-name.ts';
import type { ImportFault } from './import-fault.ts';
import type { PersonOnFile } from './people-of-table.ts';

/** What becomes of people who are there already: a fault each, or they take what the file says. */
export type ExistingPeople = 'refuse' | 'update';

/** A user who is there already. */
export interface KnownPerson {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly source: string;
  readonly groups: readonly string[];
}

export interface KnownPeople {
  /** Those of the file alone. */
  readonly people: ReadonlyMap<string, KnownPerson>;
  /** Names of accounts that are taken. */
  readonly accounts: ReadonlySet<string>;
  /** Every group by name, with who keeps it. */
  readonly groups: ReadonlyMap<string, string>;
}

export interface Creation {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly account: string;
  readonly groups: readonly string[];
  /** Undefined: one is made. */
  readonly password: string | undefined;
}

export interface Update {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  /** Those alone that are not theirs yet. */
  readonly groups: readonly string[];
  /** Undefined: theirs stays. */
  readonly password: string | undefined;
}

export interface ImportPlan {
  readonly creations: readonly Creation[];
  readonly updates: readonly Update[];
  /** How many are as the file says already. */
  readonly unchanged: number;
  readonly newGroups: readonly string[];
  readonly faults: readonly ImportFault[];
}

const usualRole: Role = 'student';

/** @returns what is to be done; nothing may be done while there are faults. */
export function planImport(
  onFile: readonly PersonOnFile[],
  known: KnownPeople,
  existing: ExistingPeople,
): ImportPlan {
  const accounts = new Set(known.accounts);
  const creations: Creation[] = [];
  const updates: Update[] = [];
  const faults = onFile.flatMap((person) => groupFaults(person, known));
  let unchanged = 0;
  for (const person of onFile) {
    const there = known.people.get(person.username);
    if (!there) {
      creations.push(creationOf(person, accounts));
    } else {
      faults.push(...existingFaults(person, there, existing));
      const update = updateOf(person, there);
      if (changes(update, there)) updates.push(update);
      else unchanged += 1;
    }
  }
  const newGroups = [...new Set(onFile.flatMap(({ groups }) => groups))].filter(
    (name) => !known.groups.has(name),
  );
  return { creations, updates, unchanged, newGroups, faults };
}

function creationOf(person: PersonOnFile, accounts: Set<string>): Creation {
  const { username, displayName = username, role = usualRole, groups, password } = person;
  const plain = accountNameOf(username);
  const account = accounts.has(plain) ? distinctAccountNameOf(username) : plain;
  accounts.add(account);
  return { username, displayName, role, account, groups, password };
}

function updateOf(person: PersonOnFile, there: KnownPerson): Update {
  const { displayName = there.displayName, role = there.role, password } = person;
  const groups = person.groups.filter((name) => !there.groups.includes(name));
  return { id: there.id, username: there.username, displayName, role, groups, password };
}

function changes(update: Update, there: KnownPerson): boolean {
  const isSame = update.displayName === there.displayName && update.role === there.role;
  return !isSame || update.groups.length > 0 || update.password !== undefined;
}

function existingFaults(
  { line, username, password }: PersonOnFile,
  { source }: KnownPerson,
  existing: ExistingPeople,
): ImportFault[] {
  if (existing === 'refuse') {
    return [{ line, column: 'username', message: `There is a user ${username} already.` }];
  }
  if (source === 'local' || password === undefined) return [];
  return [{ line, column: 'password', message: `The password of ${username} is kept by ${source}.` }];
}

function groupFaults({ line, groups }: PersonOnFile, known: KnownPeople): ImportFault[] {
  return groups.flatMap((name) => {
    const source = known.groups.get(name) ?? 'local';
    if (source === 'local') return [];
    return [{ line, column: 'groups', message: `The members of ${name} come from ${source}.` }];
  });
}
