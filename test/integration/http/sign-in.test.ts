import { HomeroomError } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { fakeServices, ids, sessionOf } from './support/fake-services.ts';
import { asKiosk, asRole, fetchSecurely, startTestServer } from './support/test-server.ts';

const credentials = { username: 'student', password: 'right' };

it('signs in, tells who it is, and sets a cookie that scripts cannot read', async () => {
  await using test = await startTestServer();
  const answered = await test.fetch('/api/v1/sign-in', { method: 'POST', body: credentials });
  expect(answered.json()).toMatchObject({
    user: { username: 'student' },
    kiosk: null,
    csrfToken: 'csrf-student',
  });
  expect(answered.headers.get('set-cookie')).toMatch(
    /^homeroom_session=cookie-student;.*HttpOnly; SameSite=Strict$/,
  );
  expect(answered.headers.get('cache-control')).toBe('no-store');
});

it('marks the cookie Secure over TLS', async () => {
  await using test = await startTestServer();
  const { status, cookies } = await fetchSecurely(test, '/api/v1/sign-in');
  expect(status).toBe(200);
  expect(cookies[0]).toMatch(/Secure/);
});

it('refuses a wrong password, and says when to try again after too many', async () => {
  await using test = await startTestServer();
  const wrong = await test.fetch('/api/v1/sign-in', {
    method: 'POST',
    body: { ...credentials, password: 'x' },
  });
  expect([wrong.status, wrong.problem().code]).toEqual([401, 'sign_in_failed']);

  const { accounts } = fakeServices();
  const signIn = async () => {
    throw new HomeroomError('sign_in_throttled', 'try again in 30 s', { retryAfterS: 30 });
  };
  await using throttled = await startTestServer({ services: { accounts: { ...accounts, signIn } } });
  const answered = await throttled.fetch('/api/v1/sign-in', { method: 'POST', body: credentials });
  expect([answered.status, answered.headers.get('retry-after')]).toEqual([429, '30']);
});

it('tells nobody, a person and a kiosk who they are', async () => {
  await using test = await startTestServer();
  const me = async (headers: Record<string, string>) => (await test.fetch('/api/v1/me', { headers })).json();
  expect(await me({})).toEqual({ user: null, kiosk: null, csrfToken: '' });
  expect(await me(asRole('teacher'))).toMatchObject({ user: { role: 'teacher' }, csrfToken: 'csrf-teacher' });
  expect(await me(asKiosk)).toEqual({
    user: null,
    kiosk: { device: 'seat-1', seat: expect.any(String), seatName: 'Seat 1' },
    csrfToken: 'csrf-kiosk',
  });
});

it('forgets the cookie at sign-out', async () => {
  await using test = await startTestServer();
  const answered = await test.fetch('/api/v1/sign-out', { method: 'POST', headers: asRole('student') });
  expect([answered.status, answered.headers.get('set-cookie')]).toEqual([
    204,
    expect.stringMatching(/^homeroom_session=;.*1970/),
  ]);
});

it('ends the session at the seat where somebody signs out, and no other', async () => {
  const { accounts, sessions } = fakeServices();
  const authenticate = async (cookie: string) => {
    const signedIn = await accounts.authenticate(cookie);
    return signedIn && { ...signedIn, deviceId: 'seat-1' };
  };
  const ended: unknown[] = [];
  let live = sessionOf(ids.ownSession, ids.student, ids.otherSeat);
  const services = {
    accounts: { ...accounts, authenticate },
    sessions: {
      ...sessions,
      liveOf: async () => live,
      end: async (id: string, reason: string) => {
        ended.push([id, reason]);
        return sessionOf(id, ids.student, ids.seat);
      },
    },
  };
  await using test = await startTestServer({ services });
  const student = asRole('student');
  const atSeat = { ...student, cookie: `${student.cookie}; ${asKiosk.cookie}` };
  const signOut = () => test.fetch('/api/v1/sign-out', { method: 'POST', headers: atSeat });
  expect([(await signOut()).status, ended]).toEqual([204, []]);
  live = sessionOf(ids.otherSession, ids.student, ids.seat);
  const answered = await signOut();
  expect([answered.status, ended]).toEqual([204, [[ids.otherSession, 'logout']]]);
});

it('gives an agent its kiosk’s cookie for the device’s credential alone', async () => {
  await using test = await startTestServer();
  const ask = (credential: string) =>
    test.fetch('/api/v1/kiosk/sign-in', {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(credential).toString('base64')}` },
    });
  expect((await ask('seat-1:device-password')).json()).toMatchObject({
    cookie: { name: 'homeroom_kiosk', value: 'kiosk-cookie' },
  });
  for (const wrong of ['seat-1:wrong', 'seat-2:device-password', 'no-colon', ':']) {
    expect((await ask(wrong)).problem().code).toBe('device_credential_wrong');
  }
});
