import { translateDatabaseError, violationOf } from '@homeroom/controller/store/database-errors.ts';
import { HomeroomError } from '@homeroom/protocol';
import pg from 'pg';
import { expect, it } from 'vitest';

function refused(code: string, constraint?: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('refused', 0, 'error'), { code, constraint });
}

it.each([
  ['57P01', 'database_unavailable'],
  ['08006', 'database_unavailable'],
  ['28P01', 'database_unavailable'],
  ['57014', 'database_unavailable'],
  ['53300', 'database_unavailable'],
  ['53100', 'disk_full'],
  ['40P01', 'conflict'],
])('gives SQLSTATE %s the code %s, and keeps the cause', (state, code) => {
  const cause = refused(state);
  expect(translateDatabaseError(cause)).toMatchObject({ code, cause });
});

it('takes an error of the connection for an outage', () => {
  const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(translateDatabaseError(error)).toMatchObject({ code: 'database_unavailable', cause: error });
});

it('leaves what the statement is to blame for, and what is told already, as it is', () => {
  const untouched = [
    refused('23505'),
    refused('42601'),
    new TypeError('circular'),
    new HomeroomError('not_found'),
  ];
  expect(untouched.map(translateDatabaseError)).toEqual(untouched);
});

it('names a broken constraint', () => {
  expect(violationOf(refused('23505', 'users_username_key'))).toEqual({
    kind: 'unique',
    constraint: 'users_username_key',
  });
  expect(violationOf(refused('42601'))).toBeUndefined();
  expect(violationOf(new Error('other'))).toBeUndefined();
});
