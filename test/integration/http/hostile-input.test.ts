import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asRole, startTestServer, type TestServer } from './support/test-server.ts';

describe('hostile input', () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
  });
  afterAll(() => test[Symbol.asyncDispose]());
  const json = { 'content-type': 'application/json' };

  it('names every wrong field of a body at once', async () => {
    const answered = await test.fetch('/api/v1/sign-in', {
      method: 'POST',
      body: { username: 7, extra: true },
    });
    const problem = answered.problem();
    expect(answered.status).toBe(400);
    expect(problem.errors?.map(({ field }) => field).sort()).toEqual(['extra', 'password', 'username']);
    expect(problem).toMatchObject({ code: 'request_invalid', instance: expect.stringMatching(/^urn:uuid:/) });
    expect(problem.remedy).toBeTypeOf('string');
  });

  it.each([
    ['no object', '[]'],
    ['text', '"x"'],
    ['null', 'null'],
    ['broken JSON', '{"username":'],
    ['an empty body', ''],
    ['text that no database keeps', '{"username": "a\\u0000", "password": "x"}'],
    ['half a character', '{"username": "\\ud800", "password": "x"}'],
    ['a poisoned prototype', '{"__proto__": {"role": "admin"}}'],
  ])('refuses %s with a problem document', async (_name, body) => {
    const answered = await test.fetch('/api/v1/sign-in', { method: 'POST', headers: json, body });
    expect([answered.status, answered.problem().code]).toEqual([400, 'request_invalid']);
  });

  it('refuses a body that is too large, and one of another type', async () => {
    const huge = await test.fetch('/api/v1/sign-in', {
      method: 'POST',
      body: { username: 'x'.repeat(70_000) },
    });
    expect([huge.status, huge.problem().code]).toEqual([413, 'body_too_large']);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const other = await test.fetch('/api/v1/sign-in', {
        method: 'POST',
        headers: { 'content-type': type },
        body: 'a=b',
      });
      expect([other.status, other.problem().code]).toEqual([415, 'media_type_unsupported']);
    }
  });

  it.each([
    '/api/v1/nothing',
    '/api/v1/devices/%00',
    '/api/v1/templates/a%00b',
    '/api/v1/sessions/not-a-uuid',
    "/api/v1/sessions/'%20or%201=1--",
    '/api/v1/sessions/%00',
    '/api/v1/sessions/..%2f..%2fetc%2fpasswd',
    '/api/v1/devices/%2e%2e',
    `/api/v1/devices/${'x'.repeat(500)}`,
    '/api/v1/%ff',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%00',
  ])('answers %s with not_found', async (path) => {
    const answered = await test.fetch(path, { headers: asRole('admin') });
    expect([answered.status, ['not_found', 'device_unknown'].includes(answered.problem().code)]).toEqual([
      404,
      true,
    ]);
  });

  it('refuses a method that a path does not have', async () => {
    const answered = await test.fetch('/api/v1/me', { method: 'DELETE', headers: asRole('admin') });
    expect(answered.problem().code).toBe('not_found');
  });

  it('ignores cookies and tokens that are none of ours', async () => {
    const cookie = `homeroom_session=${'x'.repeat(5000)}; homeroom_kiosk=%00`;
    expect((await test.fetch('/api/v1/me', { headers: { cookie } })).json()).toMatchObject({ user: null });
    const bearer = await test.fetch('/api/v1/me', { headers: { authorization: 'Bearer nonsense' } });
    expect([bearer.status, bearer.problem().code]).toEqual([401, 'sign_in_required']);
  });

  it('refuses what is no HTTP, and goes on', async () => {
    const socket = connect(test.server.port, '127.0.0.1');
    socket.write('NONSENSE\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 400/);
    socket.destroy();
    expect((await test.fetch('/healthz')).status).toBe(200);
  });

  it('lets neither students nor teachers do what is for admins inside a route', async () => {
    const revoke = { method: 'PATCH', body: { revoked: true }, headers: asRole('teacher') };
    expect((await test.fetch('/api/v1/devices/seat-1', revoke)).problem().code).toBe('not_allowed');
    const command = (name: string, role: 'teacher' | 'admin', args = {}) =>
      test.fetch('/api/v1/devices/seat-1/commands', {
        method: 'POST',
        body: { name, args },
        headers: asRole(role),
      });
    expect((await command('simulate', 'teacher')).problem().code).toBe('not_allowed');
    expect((await command('desktop.start', 'admin')).problem().code).toBe('not_allowed');
    expect((await command('constructor', 'admin')).problem().code).toBe('command_unknown');
    expect(
      (await command('relay', 'admin', { channel: -1 })).problem().errors?.map(({ field }) => field),
    ).toEqual(['channel', 'on']);
    expect((await command('identify', 'teacher')).problem().code).toBe('device_offline');
  });

  it('shows a student own sessions alone', async () => {
    const get = (path: string, role: 'student' | 'teacher') => test.fetch(path, { headers: asRole(role) });
    const list = (await get('/api/v1/sessions', 'student')).json();
    expect(list).toMatchObject({ items: [{ id: 'dddddddd-0000-4000-8000-000000000001' }] });
    const other = '/api/v1/sessions/dddddddd-0000-4000-8000-000000000002';
    expect((await get(other, 'student')).status).toBe(404);
    expect((await get(other, 'teacher')).status).toBe(200);
  });
});
