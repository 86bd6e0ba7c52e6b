import { SecondStepRequired } from '@homeroom/controller/accounts/second-step/second-step-required.ts';
import { HomeroomError } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fakePeople } from './support/fake-people.ts';
import { fakeServices } from './support/fake-services.ts';
import { asKiosk, asRole, startTestServer, type TestServer } from './support/test-server.ts';

const secondStep = { ticket: 'a-ticket', kind: 'code', expiresAt: '2026-01-01T00:00:00.000Z' } as const;
const { accounts } = fakeServices();
const { secondStepCodes, secondStepRules } = fakePeople();
const asked: unknown[] = [];
let required: ('teacher' | 'admin')[] = [];

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer({
    services: {
      accounts: {
        ...accounts,
        signIn: async (request) => {
          if (request.username === 'teacher') throw new SecondStepRequired(secondStep);
          return await accounts.signIn(request);
        },
        passSecondStep: async ({ ticket, code }, place) => {
          asked.push([ticket, code, place]);
          if (code !== '123456') throw new HomeroomError('second_step_wrong');
          const place2 = { ...place, username: 'teacher', password: 'right' };
          return { ...(await accounts.signIn(place2)), recoveryCodes: ['AAAA-BBBB-CCCC-DDDD'] };
        },
      },
      secondStepCodes: {
        ...secondStepCodes,
        remove: async (owner, code) => void asked.push([owner.username, code]),
      },
      secondStepRules: { ...secondStepRules, get: async () => ({ roles: required }) },
    },
  });
});
afterAll(() => test[Symbol.asyncDispose]());

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  test.fetch(`/api/v1${path}`, { method: 'POST', headers, body });

it('answers the right password of somebody who owes a code with a ticket, and no cookie', async () => {
  const answered = await post('/sign-in', { username: 'teacher', password: 'right' });
  expect([answered.status, answered.headers.get('set-cookie')]).toEqual([401, null]);
  expect(answered.problem()).toMatchObject({ code: 'second_step_required', secondStep });
});

it('ends the sign-in with the ticket and a code, from where the password was typed', async () => {
  asked.length = 0;
  const wrong = await post('/sign-in/second-step', { ticket: 'a-ticket', code: '000000' });
  expect([wrong.problem().code, wrong.headers.get('set-cookie')]).toEqual(['second_step_wrong', null]);
  const right = await post(
    '/sign-in/second-step',
    { ticket: 'a-ticket', code: ' 123456 ' },
    { cookie: asKiosk.cookie },
  );
  expect([right.status, right.headers.get('set-cookie')]).toEqual([
    200,
    expect.stringMatching(/^homeroom_session=cookie-teacher;.*HttpOnly/),
  ]);
  expect(right.json()).toMatchObject({
    user: { username: 'teacher' },
    kiosk: { device: 'seat-1' },
    recoveryCodes: ['AAAA-BBBB-CCCC-DDDD'],
  });
  expect(asked).toEqual([
    ['a-ticket', '000000', { address: '127.0.0.1', deviceId: null }],
    ['a-ticket', '123456', { address: '127.0.0.1', deviceId: 'seat-1' }],
  ]);
});

it('takes no second step from a foreign page', async () => {
  const headers = { origin: 'https://elsewhere.example' };
  const answered = await post('/sign-in/second-step', { ticket: 'a-ticket', code: '123456' }, headers);
  expect(answered.problem().code).toBe('csrf_token_wrong');
});

it('asks for the password before it begins, and for students there is none', async () => {
  const begin = (role: 'student' | 'teacher', current: string) =>
    post('/me/second-step', { current }, asRole(role));
  expect((await begin('teacher', 'wrong')).problem().code).toBe('sign_in_failed');
  expect((await begin('teacher', 'right')).json()).toMatchObject({ secret: 'GEZDGNBV' });
  expect((await begin('student', 'right')).problem().code).toBe('not_allowed');
});

it('is removed by its owner, unless their role must have it', async () => {
  asked.length = 0;
  required = ['admin'];
  const remove = (role: 'teacher' | 'admin') =>
    post('/me/second-step/remove', { code: '123456' }, asRole(role));
  expect((await remove('teacher')).status).toBe(204);
  expect((await remove('admin')).problem().code).toBe('not_allowed');
  expect(asked).toEqual([['teacher', '123456']]);
});

it('is required of teachers and admins, by admins', async () => {
  const set = (role: 'teacher' | 'admin', roles: string[]) =>
    test.fetch('/api/v1/second-step', { method: 'PUT', headers: asRole(role), body: { roles } });
  expect((await set('admin', ['teacher'])).json()).toEqual({ roles: ['teacher'] });
  expect((await set('admin', ['student'])).problem().code).toBe('request_invalid');
  expect((await set('teacher', [])).problem().code).toBe('not_allowed');
});
