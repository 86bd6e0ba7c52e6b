import { createdUser } from '@homeroom/protocol';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { fakeServices, ids, sessionOf } from './support/fake-services.ts';
import { asRole, startTestServer } from './support/test-server.ts';

const student = {
  id: ids.student,
  username: 'student',
  displayName: 'Ada',
  role: 'student',
  disabled: false,
  source: 'local',
  secondStep: false,
} as const;

/** Services that write down what they were asked. */
function witness(seat: string | null = ids.seat) {
  const asked: unknown[] = [];
  const { sessions, users } = fakeServices();
  const live = sessionOf(ids.ownSession, ids.student, seat);
  return {
    asked,
    services: {
      users: {
        ...users,
        get: async () => student,
        change: async () => ({ ...student, disabled: true }),
        setPassword: async (username: string, password: string, _actor: unknown, kept?: string | null) => {
          asked.push(['password', username, password, kept]);
        },
      },
      sessions: {
        ...sessions,
        liveOf: async () => live,
        end: async (id: string, _endReason: string, _actor: unknown, reason?: string) => {
          asked.push(['end', id, reason]);
          return live;
        },
      },
    },
  };
}

it('makes an account, and tells a password that it made once', async () => {
  await using test = await startTestServer();
  const create = async (body: object) => {
    const answered = await test.fetch('/api/v1/users', { method: 'POST', headers: asRole('admin'), body });
    expect(answered.status).toBe(201);
    return v.parse(createdUser, answered.json());
  };
  const made = await create({ username: ' Ana.Maria ', role: 'student' });
  expect(made).toMatchObject({ username: 'ana.maria', displayName: 'ana.maria', role: 'student' });
  expect(made.password).toMatch(/^[a-z]{4}(-[a-z]{4}){3}$/);
  const given = await create({
    username: 'ben',
    displayName: 'Ben',
    role: 'teacher',
    password: 'long enough',
  });
  expect(given).toMatchObject({ displayName: 'Ben', role: 'teacher' });
  expect(given.password).toBeUndefined();
});

it('says in words what a user name may be', async () => {
  await using test = await startTestServer();
  const body = { username: 'Ana Maria', role: 'student' };
  const answered = await test.fetch('/api/v1/users', { method: 'POST', headers: asRole('admin'), body });
  expect(answered.problem().errors).toEqual([
    { field: 'username', message: expect.stringContaining('letters, digits and . _ @ -') },
  ]);
});

it('ends the session at a seat with the sign-ins when a password is set, and says why', async () => {
  const { asked, services } = witness();
  await using test = await startTestServer({ services });
  const path = `/api/v1/users/${ids.student}/password`;
  const body = { password: 'something new' };
  expect((await test.fetch(path, { method: 'PUT', headers: asRole('admin'), body })).status).toBe(204);
  expect(asked).toEqual([
    ['password', 'student', 'something new', undefined],
    ['end', ids.ownSession, 'The password of this account was changed.'],
  ]);
});

it('ends the session of a user who is disabled, wherever it is shown, and says why', async () => {
  const { asked, services } = witness(null);
  await using test = await startTestServer({ services });
  const path = `/api/v1/users/${ids.student}`;
  const body = { disabled: true };
  const answered = await test.fetch(path, { method: 'PATCH', headers: asRole('admin'), body });
  expect(answered.json()).toMatchObject({ disabled: true });
  expect(asked).toEqual([['end', ids.ownSession, 'This account was disabled.']]);
});

it('changes one’s own password for who knows the current one, and keeps this sign-in', async () => {
  const { asked, services } = witness();
  await using test = await startTestServer({ services });
  const change = (current: string) =>
    test.fetch('/api/v1/me/password', {
      method: 'PUT',
      headers: asRole('student'),
      body: { current, password: 'something new' },
    });
  expect((await change('wrong')).problem().code).toBe('sign_in_failed');
  expect(asked).toEqual([]);
  expect((await change('right')).status).toBe(204);
  expect(asked).toEqual([['password', 'student', 'something new', 'cookie-student']]);
});
