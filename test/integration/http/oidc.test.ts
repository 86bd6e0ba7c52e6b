import type { Services } from '@homeroom/controller/http/services.ts';
import { expect, it } from 'vitest';
import { ids } from './support/fake-services.ts';
import { asKiosk, startTestServer } from './support/test-server.ts';

const account = { id: ids.student, username: 'student', displayName: 'Ana', role: 'student' } as const;

function fakeOidc() {
  const begun: string[] = [];
  const finished: string[][] = [];
  const oidc: NonNullable<Services['oidc']> = {
    name: 'School',
    begin: async (origin) => {
      begun.push(origin);
      return {
        url: 'https://login.example/auth',
        sealed: 'sealed',
        expiresAt: new Date(Date.now() + 60_000),
      };
    },
    finish: async (sealed, answer) => {
      finished.push([sealed, answer]);
      return { ...account, account: 'student', posixUid: 20_000 };
    },
    signOutUrl: async () => 'https://login.example/end',
  };
  return { oidc, begun, finished };
}

const post = (body?: unknown, headers: Record<string, string> = {}) => ({ method: 'POST', body, headers });

it('has no such way in where no provider is set', async () => {
  await using test = await startTestServer();
  expect((await test.fetch('/api/v1/sign-in/ways')).json()).toEqual({ oidc: null });
  expect((await test.fetch('/api/v1/sign-in/oidc', post())).problem().code).toBe('not_found');
});

it('begins with a cookie that only this server and no script gets, and brings people back to the page that asked', async () => {
  const { oidc, begun } = fakeOidc();
  await using test = await startTestServer({ services: { oidc } });
  expect((await test.fetch('/api/v1/sign-in/ways')).json()).toEqual({ oidc: { name: 'School' } });
  const answered = await test.fetch('/api/v1/sign-in/oidc', post(undefined, { origin: test.origin }));
  expect(answered.json()).toEqual({ url: 'https://login.example/auth' });
  expect(answered.headers.get('set-cookie')).toMatch(/^homeroom_oidc=sealed;.*HttpOnly; SameSite=Strict$/);
  expect(begun).toEqual([test.origin]);
});

it('ends with the session cookie, and forgets the other one', async () => {
  const { oidc, finished } = fakeOidc();
  await using test = await startTestServer({ services: { oidc } });
  const asked = post({ answer: 'code=c&state=s' }, { cookie: 'homeroom_oidc=sealed' });
  const answered = await test.fetch('/api/v1/sign-in/oidc/finish', asked);
  expect(answered.json()).toMatchObject({ user: account, csrfToken: 'csrf-student' });
  const [session, other] = answered.headers.getSetCookie();
  expect(session).toMatch(/^homeroom_session=cookie-student;/);
  expect(other).toMatch(/^homeroom_oidc=;.*Expires=Thu, 01 Jan 1970/);
  expect(finished).toEqual([['sealed', 'code=c&state=s']]);
});

it('lets no other site begin or end one', async () => {
  const { oidc, begun, finished } = fakeOidc();
  await using test = await startTestServer({ services: { oidc } });
  for (const [path, body] of [
    ['/api/v1/sign-in/oidc', undefined],
    ['/api/v1/sign-in/oidc/finish', { answer: 'code=c' }],
  ] as const) {
    const answered = await test.fetch(path, post(body, { origin: 'https://evil.example' }));
    expect(answered.problem().code).toBe('csrf_token_wrong');
  }
  expect([begun, finished]).toEqual([[], []]);
});

it('is no way in at a seat', async () => {
  const { oidc, begun, finished } = fakeOidc();
  await using test = await startTestServer({ services: { oidc } });
  expect((await test.fetch('/api/v1/sign-in/ways', { headers: asKiosk })).json()).toEqual({ oidc: null });
  const begin = await test.fetch('/api/v1/sign-in/oidc', post(undefined, asKiosk));
  const finish = await test.fetch('/api/v1/sign-in/oidc/finish', post({ answer: 'code=c' }, asKiosk));
  expect([begin.problem().code, finish.problem().code]).toEqual(['not_allowed', 'not_allowed']);
  expect([begun, finished]).toEqual([[], []]);
});
