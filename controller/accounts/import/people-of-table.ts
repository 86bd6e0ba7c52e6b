/** From a table to people: headings, and each cell by its rule. Pure; every fault is told at once. */
import { createUserRequest, plainWords, type Role, roles } from '@homeroom/protocol';
import * as v from 'valibot';
import type { CsvRow, CsvTable } from './csv-table.ts';
import type { ImportFault } from './import-fault.ts';

/** A person as a line of the file tells them; what the file does not say is undefined. */
export interface PersonOnFile {
  readonly line: number;
  readonly username: string;
  readonly displayName: string | undefined;
  readonly role: Role | undefined;
  readonly groups: readonly string[];
  readonly password: string | undefined;
}

export interface PeopleOnFile {
  readonly people: readonly PersonOnFile[];
  readonly faults: readonly ImportFault[];
}

/** So many lines are a large school; more at once is most likely the wrong file. */
export const maxPeople = 10_000;
const maxGroupNameLength = 100;

type Column = 'username' | 'displayName' | 'role' | 'groups' | 'password';

/** Headings as people write them, in small letters and without blanks, dashes and underscores. */
const headings: Readonly<Record<string, Column>> = {
  username: 'username',
  displayname: 'displayName',
  name: 'displayName',
  role: 'role',
  group: 'groups',
  groups: 'groups',
  password: 'password',
};

const columns = 'username, displayName, role, groups and password';
const { username: usernameRule, displayName: nameRule, password: passwordRule } = createUserRequest.entries;

/** @returns the people on file, and everything that is wrong with it; who has a fault is left out. */
export function peopleOfTable({ rows, faults: tableFaults }: CsvTable): PeopleOnFile {
  const faults: ImportFault[] = [...tableFaults];
  const [heading, ...lines] = rows;
  if (!heading) {
    if (faults.length === 0) faults.push({ line: 1, column: null, message: 'The file is empty.' });
    return { people: [], faults };
  }
  const found = readHeading(heading, faults);
  if (lines.length === 0) {
    faults.push({ line: heading.line, column: null, message: 'There is nobody below the headings.' });
  }
  if (lines.length > maxPeople) {
    faults.push({ line: heading.line, column: null, message: `These are more than ${maxPeople} people.` });
  }
  if (!found || lines.length > maxPeople) return { people: [], faults };
  const people = lines.map((row) => personOf(row, found, faults)).filter((person) => person !== undefined);
  faults.push(...repeated(people));
  return { people, faults: faults.toSorted((one, other) => one.line - other.line) };
}

/** @returns which column each place is; undefined when people cannot be told by it */
function readHeading({ line, cells }: CsvRow, faults: ImportFault[]): (Column | undefined)[] | undefined {
  const found = cells.map((cell) => headings[cell.toLowerCase().replace(/[\s_-]/g, '')]);
  for (const [place, cell] of cells.entries()) {
    const column = found[place];
    if (!column) {
      const message = `There is no column “${cell}”: there are ${columns}.`;
      faults.push({ line, column: cell || `column ${place + 1}`, message });
    } else if (found.indexOf(column) < place) {
      faults.push({ line, column: cell, message: 'This column is there twice.' });
    }
  }
  if (found.includes('username')) return found;
  faults.push({ line, column: 'username', message: 'The column username is missing.' });
  return undefined;
}

function personOf(
  { line, cells }: CsvRow,
  found: readonly (Column | undefined)[],
  faults: ImportFault[],
): PersonOnFile | undefined {
  const before = faults.length;
  if (cells.length > found.length) {
    const message = `This line has ${cells.length} columns, the headings are ${found.length}: quote what has a delimiter in it.`;
    faults.push({ line, column: null, message });
  }
  const cell = (column: Column) => cells[found.indexOf(column)] || undefined;
  const check = <S extends v.GenericSchema>(column: Column, rule: S, value: unknown) => {
    const parsed = v.safeParse(rule, value, { message: plainWords });
    if (parsed.success) return parsed.output;
    for (const { message } of parsed.issues) faults.push({ line, column, message });
    return undefined;
  };
  const username = check('username', usernameRule, cell('username') ?? '');
  const person = {
    line,
    displayName: check('displayName', nameRule, cell('displayName')),
    role: roleOf(cell('role'), line, faults),
    groups: groupsOf(cell('groups'), line, faults),
    password: check('password', passwordRule, cell('password')),
  };
  return username === undefined || faults.length > before ? undefined : { ...person, username };
}

function roleOf(cell: string | undefined, line: number, faults: ImportFault[]): Role | undefined {
  if (cell === undefined) return undefined;
  const role = roles.find((each) => each === cell.toLowerCase());
  if (!role) {
    faults.push({ line, column: 'role', message: `“${cell}” is no role: there are ${roles.join(', ')}.` });
  }
  return role;
}

/** Several stand in one cell, parted by `|`, by commas or by semicolons. */
function groupsOf(cell: string | undefined, line: number, faults: ImportFault[]): string[] {
  const names = (cell ?? '')
    .split(/[|,;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of names) {
    if (name.length > maxGroupNameLength) {
      const message = `The name of a group has ${maxGroupNameLength} letters at most.`;
      faults.push({ line, column: 'groups', message });
    }
  }
  return [...new Set(names)];
}

function repeated(people: readonly PersonOnFile[]): ImportFault[] {
  const first = new Map<string, number>();
  return people.flatMap(({ username, line }) => {
    const earlier = first.get(username);
    if (earlier === undefined) {
      first.set(username, line);
      return [];
    }
    return [{ line, column: 'username', message: `${username} is in line ${earlier} already.` }];
  });
}
