import { afterAll, beforeAll, expect, it } from 'vitest';
import { fakePeople } from './support/fake-people.ts';
import { fakeServices, ids } from './support/fake-services.ts';
import { asKiosk, asRole, startTestServer, type TestServer } from './support/test-server.ts';

const { accounts, sessions } = fakeServices();
const { guests, seatGuests } = fakePeople();
const asked: unknown[] = [];
let isOffered = true;

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer({
    services: {
      accounts: {
        ...accounts,
        authenticate: async (cookie) => {
          if (cookie !== 'cookie-guest') return accounts.authenticate(cookie);
          return {
            user: await guests.create(),
            deviceId: 'seat-1',
            csrfToken: 'csrf-guest',
            idHash: 'guest',
          };
        },
      },
      sessions: {
        ...sessions,
        start: async (request) => {
          asked.push(['start', request.userId, request.templateId, request.seatId]);
          return sessions.start(request);
        },
      },
      guests: { ...guests, limit: async (id, limitS) => void asked.push(['limit', id, limitS]) },
      seatGuests: {
        set: async (seat, guest) => void asked.push(['set', seat, guest]),
        at: async () => (isOffered ? { seat: ids.seat, template: 'browser', limitS: 1_800 } : undefined),
      },
    },
  });
  expect(seatGuests).toBeDefined();
});
afterAll(() => test[Symbol.asyncDispose]());

const start = (headers: Record<string, string>) =>
  test.fetch('/api/v1/kiosk/guest', { method: 'POST', headers });

it('starts the seat’s desktop for somebody without an account, with its limit, and signs them in', async () => {
  asked.length = 0;
  const answered = await start(asKiosk);
  const guest = 'aaaaaaaa-0000-4000-8000-000000000009';
  expect([answered.status, answered.headers.get('set-cookie')]).toEqual([
    201,
    expect.stringMatching(/^homeroom_session=cookie-guest;.*HttpOnly/),
  ]);
  expect(answered.json()).toMatchObject({ user: { id: guest }, csrfToken: 'csrf-guest', session: {} });
  expect(asked).toEqual([
    ['start', guest, 'browser', ids.seat],
    ['limit', ids.ownSession, 1_800],
  ]);
});

it('starts nothing where no guests are allowed, and nothing outside of a kiosk', async () => {
  isOffered = false;
  expect((await start(asKiosk)).problem().code).toBe('guests_not_allowed');
  isOffered = true;
  expect((await start(asRole('student'))).problem().code).toBe('sign_in_required');
});

it.each([
  ['GET', '/templates'],
  ['POST', '/sessions'],
  ['GET', '/sessions'],
  ['PUT', '/me/password'],
  ['POST', '/tokens'],
])('lets a guest not %s %s', async (method, path) => {
  const cookie = `homeroom_session=cookie-guest; ${asKiosk.cookie}`;
  const headers = { ...asKiosk, cookie, 'x-csrf-token': 'csrf-guest' };
  const answered = await test.fetch(`/api/v1${path}`, {
    method,
    headers,
    ...(method !== 'GET' && { body: {} }),
  });
  expect(answered.problem().code).toBe('not_allowed');
});

it('takes what guests get at a seat from an admin', async () => {
  asked.length = 0;
  const patch = (body: object, role: 'teacher' | 'admin' = 'admin') =>
    test.fetch(`/api/v1/seats/${ids.seat}`, { method: 'PATCH', headers: asRole(role), body });
  expect((await patch({ guest: { template: 'none' } })).problem().code).toBe('template_unknown');
  expect((await patch({ guest: null })).status).toBe(200);
  expect((await patch({ guest: null }, 'teacher')).problem().code).toBe('not_allowed');
  expect((await patch({ guest: { template: 'browser', limitS: 5 } })).problem().code).toBe('request_invalid');
  expect(asked).toEqual([['set', ids.seat, null]]);
});
