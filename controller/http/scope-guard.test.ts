import { expect, it } from 'vitest';
import type { Caller } from './caller.ts';
import { areasOf, refuseBeyondScopes } from './scope-guard.ts';

const callerWith = (scopes: readonly string[] | undefined): Caller => ({
  person: {
    user: { id: 'u', username: 'u', displayName: 'U', role: 'admin', account: 'u', posixUid: 20_000 },
    deviceId: null,
    csrfToken: '',
    idHash: 'h',
    ...(scopes && { scopes }),
  },
  by: scopes ? 'bearer' : 'cookie',
  kiosk: undefined,
  address: null,
});
const row = (method: 'GET' | 'POST', path: string) => ({ method, path, access: 'admin' }) as const;

it('lets a person in a browser do all that they may', () => {
  expect(() => refuseBeyondScopes(callerWith(undefined), row('POST', '/rooms'))).not.toThrow();
});

it('names the scope that a token lacks', () => {
  const caller = callerWith(['rooms:read']);
  expect(() => refuseBeyondScopes(caller, row('GET', '/rooms/:id'))).not.toThrow();
  expect(() => refuseBeyondScopes(caller, row('POST', '/rooms/:id/seats'))).toThrow(
    expect.objectContaining({ code: 'scope_missing', detail: 'this needs the scope rooms:write' }),
  );
  expect(() => refuseBeyondScopes(caller, row('GET', '/users'))).toThrow(
    expect.objectContaining({ detail: 'this needs the scope users:read' }),
  );
});

it('asks no scope for what is open to anybody', () => {
  const me = { method: 'GET', path: '/me', access: 'anyone' } as const;
  expect(() => refuseBeyondScopes(callerWith(['rooms:read']), me)).not.toThrow();
});

it('finds the areas in the route table', () => {
  const table = [row('GET', '/users'), row('POST', '/users/import'), row('GET', '/rooms')];
  expect(areasOf([...table, { path: '/sign-in', access: 'anyone' }])).toEqual([
    'flows',
    'metrics',
    'rooms',
    'users',
  ]);
});
