import { expect, it } from 'vitest';
import { readCsvTable } from './csv-table.ts';
import { peopleOfTable } from './people-of-table.ts';

const read = (text: string) => peopleOfTable(readCsvTable(text));
const told = (text: string) => read(text).faults.map(({ line, column }) => [line, column]);

it('reads everything that a file may say of a person', () => {
  expect(
    read('Username;Display Name;Role;Groups;Password\nAna.Maria; Ana Maria ;Teacher;7b | Choir;long enough'),
  ).toEqual({
    people: [
      {
        line: 2,
        username: 'ana.maria',
        displayName: 'Ana Maria',
        role: 'teacher',
        groups: ['7b', 'Choir'],
        password: 'long enough',
      },
    ],
    faults: [],
  });
});

it('needs the user name alone', () => {
  expect(read('username\nana').people).toEqual([
    { line: 2, username: 'ana', displayName: undefined, role: undefined, groups: [], password: undefined },
  ]);
});

it('takes a cell that is empty, or missing at the end of its line, for not said', () => {
  const { people, faults } = read('username,role,password\nana,,\nben');
  expect(faults).toEqual([]);
  expect(people.map(({ role, password }) => [role, password])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
});

it('tells every fault at once, by line and column, in the order of the file', () => {
  const file = [
    'username,name,role,groups,password',
    'ana,Ana,student,7b,long enough',
    'Ana Maria,Ana,pupil,7b,short',
    ',Nobody,student,7b,',
    'ana,Ana again,student,7b,',
    `ben,Ben,student,${'x'.repeat(101)},`,
    'cleo,Cleo,student,7b,long enough,more',
  ].join('\n');
  expect(told(file)).toEqual([
    [3, 'username'],
    [3, 'role'],
    [3, 'password'],
    [4, 'username'],
    [5, 'username'],
    [6, 'groups'],
    [7, null],
  ]);
});

it('says where a user name stands already', () => {
  expect(read('username\nana\nben\nANA').faults).toEqual([
    { line: 4, column: 'username', message: 'ana is in line 2 already.' },
  ]);
});

it('tells headings that it does not know, that come twice, and the one that it cannot do without', () => {
  expect(told('user,role,role\nana,student,student')).toEqual([
    [1, 'user'],
    [1, 'role'],
    [1, 'username'],
  ]);
});

it.each(['', 'username,role\n', '\n\n;;\n'])('says that %j has nobody in it', (text) => {
  expect(read(text)).toEqual({ people: [], faults: [expect.objectContaining({ line: 1, column: null })] });
});

it('takes no more people than the largest school has', () => {
  const file = ['username', ...Array.from({ length: 10_001 }, (_, number) => `user${number}`)].join('\n');
  expect(told(file)).toEqual([[1, null]]);
});

it('tells a broken quote beside what is wrong before it', () => {
  expect(told('username,role\nana,pupil\n"ben,student\n')).toEqual([
    [2, 'role'],
    [3, null],
  ]);
});
