import { expect, it } from 'vitest';
import { type KnownPeople, type KnownPerson, planImport } from './import-plan.ts';
import type { PersonOnFile } from './people-of-table.ts';

const onFile = (username: string, said: Partial<PersonOnFile> = {}): PersonOnFile => ({
  line: 2,
  username,
  displayName: undefined,
  role: undefined,
  groups: [],
  password: undefined,
  ...said,
});
const ana: KnownPerson = {
  id: 'u-1',
  username: 'ana',
  displayName: 'Ana',
  role: 'teacher',
  source: 'local',
  groups: ['7b'],
};
const nobody: KnownPeople = { people: new Map(), accounts: new Set(), groups: new Map([['7b', 'local']]) };
const known: KnownPeople = { ...nobody, people: new Map([['ana', ana]]), accounts: new Set(['ana']) };

it('makes a student who is called as their user name when the file says no more', () => {
  expect(planImport([onFile('ben')], nobody, 'refuse')).toEqual({
    creations: [
      {
        username: 'ben',
        displayName: 'ben',
        role: 'student',
        account: 'ben',
        groups: [],
        password: undefined,
      },
    ],
    updates: [],
    unchanged: 0,
    newGroups: [],
    faults: [],
  });
});

it('gives two whose names come to one account an account each, and takes nobody’s', () => {
  const { creations } = planImport(
    [onFile('ana.maria'), onFile('ana@maria'), onFile('_ana')],
    { ...nobody, accounts: new Set(['u_ana']) },
    'refuse',
  );
  expect(creations.map(({ account }) => account)).toEqual([
    'ana-maria',
    expect.stringMatching(/^ana-maria-[0-9a-f]{6}$/),
    expect.stringMatching(/^u_ana-[0-9a-f]{6}$/),
  ]);
});

it('names each new group once', () => {
  const { newGroups } = planImport(
    [onFile('ben', { groups: ['7b', 'Choir'] }), onFile('cleo', { groups: ['Choir'] })],
    nobody,
    'refuse',
  );
  expect(newGroups).toEqual(['Choir']);
});

it('refuses people who are there, by line, unless they are to be updated', () => {
  const file = [onFile('ana', { line: 7, displayName: 'Ana Maria' })];
  expect(planImport(file, known, 'refuse').faults).toEqual([
    { line: 7, column: 'username', message: 'There is a user ana already.' },
  ]);
  expect(planImport(file, known, 'update').faults).toEqual([]);
});

it('updates what the file says and nothing else', () => {
  const file = [onFile('ana', { displayName: 'Ana Maria', groups: ['7b', 'Choir'] })];
  expect(planImport(file, known, 'update').updates).toEqual([
    {
      id: 'u-1',
      username: 'ana',
      displayName: 'Ana Maria',
      role: 'teacher',
      groups: ['Choir'],
      password: undefined,
    },
  ]);
});

it('counts who is as the file says already', () => {
  const { updates, unchanged } = planImport([onFile('ana', { groups: ['7b'] })], known, 'update');
  expect([updates, unchanged]).toEqual([[], 1]);
});

it('leaves passwords and memberships that are kept elsewhere alone', () => {
  const elsewhere: KnownPeople = {
    ...known,
    people: new Map([['ana', { ...ana, source: 'ldap' }]]),
    groups: new Map([['Staff', 'oidc']]),
  };
  const file = [onFile('ana', { password: 'long enough', groups: ['Staff'] })];
  expect(
    planImport(file, elsewhere, 'update').faults.map(({ column, message }) => [column, message]),
  ).toEqual([
    ['groups', 'The members of Staff come from oidc.'],
    ['password', 'The password of ana is kept by ldap.'],
  ]);
});
