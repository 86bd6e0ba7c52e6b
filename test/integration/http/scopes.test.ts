import { HomeroomError } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fakeServices } from './support/fake-services.ts';
import { asRole, startTestServer, type TestServer } from './support/test-server.ts';

const { accounts } = fakeServices();
const limited = 'token-limited';

let test: TestServer;
beforeAll(async () => {
  const authenticateBearer: typeof accounts.authenticateBearer = async (token) => {
    if (token !== limited) return accounts.authenticateBearer(token);
    const admin = await accounts.authenticateBearer('token-admin');
    return admin && { ...admin, scopes: ['rooms:read', 'tokens:write'] };
  };
  test = await startTestServer({ services: { accounts: { ...accounts, authenticateBearer } } });
});
afterAll(() => test[Symbol.asyncDispose]());

const headers = { authorization: `Bearer ${limited}` };
const ask = async (method: string, path: string, body?: object) => {
  const answered = await test.fetch(path, { method, headers, ...(body && { body }) });
  return answered.status >= 400 ? answered.problem().code : answered.status;
};

it('lets a token do what its scopes say, and nothing else of what its user may', async () => {
  expect(await ask('GET', '/api/v1/rooms')).toBe(200);
  expect(await ask('POST', '/api/v1/rooms', { name: 'Room 2' })).toBe('scope_missing');
  expect(await ask('GET', '/api/v1/users')).toBe('scope_missing');
  expect(await ask('POST', '/api/v1/users/import', { text: 'username' })).toBe('scope_missing');
  expect(await ask('GET', '/metrics')).toBe('scope_missing');
});

it('names the scope that is needed', async () => {
  const answered = await test.fetch('/api/v1/users', { headers });
  expect(answered.problem()).toMatchObject({ status: 403, detail: 'this needs the scope users:read' });
});

it('tells any token whose it is', async () => {
  expect(await ask('GET', '/api/v1/me')).toBe(200);
});

it('lists what a token can be limited to, and tells a scope that there is not', async () => {
  const { scopes } = (await test.fetch('/api/v1/tokens/scopes', { headers: asRole('student') })).json() as {
    scopes: string[];
  };
  expect(scopes).toEqual(
    expect.arrayContaining(['*', 'me:write', 'metrics:read', 'rooms:read', 'rooms:write']),
  );
  expect(scopes).not.toContain('sign-in:write');
  const body = { note: 'a script', scopes: ['romos:read'] };
  const answered = await test.fetch('/api/v1/tokens', { method: 'POST', headers: asRole('student'), body });
  expect(answered.problem().errors).toEqual([
    { field: 'scopes', message: expect.stringContaining('romos:read') },
  ]);
});

it('tells a new token once, and whose it is that asks for more than it has', async () => {
  const made = await test.fetch('/api/v1/tokens', {
    method: 'POST',
    headers: asRole('student'),
    body: { note: 'a script' },
  });
  expect([made.status, made.json()]).toEqual([
    201,
    expect.objectContaining({ token: 'hr_secret', scopes: ['*'] }),
  ]);
});

it('shows everybody’s tokens to admins alone', async () => {
  const of = async (role: 'student' | 'teacher' | 'admin') =>
    (await test.fetch('/api/v1/tokens?of=all', { headers: asRole(role) })).status;
  expect([await of('student'), await of('teacher'), await of('admin')]).toEqual([403, 403, 200]);
  expect(new HomeroomError('scope_missing').status).toBe(403);
});
