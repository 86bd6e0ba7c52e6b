import { HomeroomError } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import type { ExternalPerson } from '../external/external-person.ts';
import type { Directory, DirectoryEntry } from './directory.ts';
import { groupOfDn } from './group-of-dn.ts';
import { LdapAuthenticator } from './ldap-authenticator.ts';

const ana: DirectoryEntry = {
  dn: 'uid=ana,dc=example',
  id: 'uuid-1',
  username: 'ana',
  displayName: 'Ana Maria',
  mail: '',
  groups: [groupOfDn('cn=Staff,dc=example')],
};
const account = {
  id: '1',
  username: 'ana',
  displayName: 'Ana',
  role: 'teacher',
  account: 'ana',
  posixUid: 20_000,
} as const;

function setUp({ isDisabled = false } = {}) {
  const bound: string[] = [];
  const entered: ExternalPerson[] = [];
  const directory: Directory = {
    find: async (username) => (username === 'ana' || username === 'ana@example' ? ana : undefined),
    isPassword: async (dn, password) => {
      bound.push(dn);
      return password === 'right';
    },
    check: async () => undefined,
  };
  const authenticator = new LdapAuthenticator({
    directory,
    people: {
      enter: async (person) => {
        entered.push(person);
        if (isDisabled) throw new HomeroomError('account_disabled');
        return account;
      },
    },
    roles: { staff: 'teacher' },
  });
  return { authenticator, bound, entered };
}

describe('LdapAuthenticator', () => {
  it('brings in whom the directory proves, as it tells them', async () => {
    const { authenticator, entered } = setUp();
    const verdict = await authenticator.verify({ username: 'ana@example', password: 'right' });
    expect(verdict).toEqual({ kind: 'proven', account });
    expect(entered).toEqual([
      {
        source: 'ldap',
        externalId: 'uuid-1',
        usernames: ['ana', 'ana@example'],
        displayName: 'Ana Maria',
        email: null,
        groups: ['Staff'],
        role: 'teacher',
      },
    ]);
  });

  it('makes nobody of a wrong password', async () => {
    const { authenticator, entered } = setUp();
    expect(await authenticator.verify({ username: 'ana', password: 'wrong' })).toEqual({ kind: 'wrong' });
    expect(entered).toEqual([]);
  });

  it('asks for no password of whom the directory does not know', async () => {
    const { authenticator, bound } = setUp();
    expect(await authenticator.verify({ username: 'ben', password: 'right' })).toEqual({ kind: 'unknown' });
    expect(bound).toEqual([]);
  });

  it('tells who is disabled nothing else than a wrong password', async () => {
    const { authenticator } = setUp({ isDisabled: true });
    expect(await authenticator.verify({ username: 'ana', password: 'right' })).toEqual({ kind: 'wrong' });
  });
});
