import { errorCodeOf, type Role } from '@homeroom/protocol';
import type { PasswordAuthenticator, PasswordProof, Verdict } from '../authenticator.ts';
import type { ExternalPeople } from '../external/external-people.ts';
import { roleOfGroups } from '../external/role-of-groups.ts';
import type { Directory, DirectoryEntry } from './directory.ts';
import { groupKeys, roleKeys } from './group-of-dn.ts';

/** The people whose passwords a directory keeps. Asked after our own table: its people win by name. */
export class LdapAuthenticator implements PasswordAuthenticator {
  readonly source = 'ldap';
  readonly #directory: Directory;
  readonly #people: Pick<ExternalPeople, 'enter'>;
  readonly #roles: Readonly<Record<string, Role>>;

  /** @param options.roles by DN or name of a group */
  constructor(options: {
    directory: Directory;
    people: Pick<ExternalPeople, 'enter'>;
    roles: Readonly<Record<string, Role>>;
  }) {
    this.#directory = options.directory;
    this.#people = options.people;
    this.#roles = roleKeys(options.roles);
  }

  /** See the port. @throws directory_unavailable */
  async verify({ username, password }: PasswordProof): Promise<Verdict> {
    const entry = await this.#directory.find(username);
    if (!entry) return { kind: 'unknown' };
    const isRight = await this.#directory.isPassword(entry.dn, password);
    return isRight ? await this.#enter(entry, username) : { kind: 'wrong' };
  }

  async #enter(entry: DirectoryEntry, typed: string): Promise<Verdict> {
    const { id, username, displayName, mail, groups } = entry;
    const person = {
      source: 'ldap',
      externalId: id,
      usernames: [username, typed],
      displayName,
      email: mail || null,
      groups: groups.map(({ name }) => name),
      role: roleOfGroups(groupKeys(groups), this.#roles),
    } as const;
    try {
      return { kind: 'proven', account: await this.#people.enter(person, null) };
    } catch (caught) {
      // Whoever is disabled is told the same as for a wrong password.
      if (errorCodeOf(caught) === 'account_disabled') return { kind: 'wrong' };
      throw caught;
    }
  }
}
