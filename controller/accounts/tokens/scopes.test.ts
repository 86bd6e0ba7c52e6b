import { expect, it } from 'vitest';
import { allows, covers, neededScope, scopesOf, unknownScopes } from './scopes.ts';

const read = { area: 'rooms', isChange: false };
const write = { area: 'rooms', isChange: true };

it.each([
  [['*'], true, true],
  [['rooms:read'], true, false],
  [['rooms:write'], true, true],
  [['users:write', 'users:read'], false, false],
  [['devices:read', 'rooms:read'], true, false],
  [['room:write'], false, false],
  [[], false, false],
])('with %j reads rooms: %s, changes them: %s', (scopes, mayRead, mayChange) => {
  expect([allows(scopes, read), allows(scopes, write)]).toEqual([mayRead, mayChange]);
});

it('names the least scope that is needed', () => {
  expect([neededScope(read), neededScope(write)]).toEqual(['rooms:read', 'rooms:write']);
});

it.each([
  [['*'], ['*'], true],
  [['*'], ['rooms:write'], true],
  [['rooms:write'], ['rooms:read', 'rooms:write'], true],
  [['rooms:read'], ['rooms:write'], false],
  [['rooms:write'], ['*'], false],
  [['rooms:write', 'tokens:write'], ['users:read'], false],
])('lets a token with %j make one with %j: %s', (held, wanted, may) => {
  expect(covers(held, wanted)).toBe(may);
});

it('tells scopes of areas that there are not', () => {
  expect(unknownScopes(['*', 'rooms:read', 'romos:read'], ['rooms'])).toEqual(['romos:read']);
});

it('lists everything to choose from', () => {
  expect(scopesOf(['me', 'rooms'])).toEqual(['*', 'me:read', 'me:write', 'rooms:read', 'rooms:write']);
});
