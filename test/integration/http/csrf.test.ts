import { expect, it } from 'vitest';
import { asKiosk, asRole, startTestServer } from './support/test-server.ts';

const body = { template: 'desktop' };

it('refuses a change by cookie without the token, with a wrong one, and from a foreign page', async () => {
  await using test = await startTestServer();
  const { cookie } = asRole('student');
  const refusals: Record<string, string>[] = [
    { cookie: cookie ?? '' },
    { cookie: cookie ?? '', 'x-csrf-token': 'csrf-teacher' },
    { ...asRole('student'), origin: 'https://evil.example' },
    { ...asRole('student'), 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of refusals) {
    const answered = await test.fetch('/api/v1/sessions', { method: 'POST', headers, body });
    expect([answered.status, answered.problem().code]).toEqual([403, 'csrf_token_wrong']);
  }
});

it('takes a change with the token, from our own page, and by bearer token without any', async () => {
  await using test = await startTestServer();
  for (const headers of [
    asRole('student'),
    { ...asRole('student'), origin: test.origin },
    { authorization: 'Bearer token-student' },
  ]) {
    expect((await test.fetch('/api/v1/sessions', { method: 'POST', headers, body })).status).toBe(201);
  }
});

it('refuses to sign anybody in from a foreign page', async () => {
  await using test = await startTestServer();
  const credentials = { username: 'student', password: 'right' };
  const post = (headers: Record<string, string>) =>
    test.fetch('/api/v1/sign-in', { method: 'POST', headers, body: credentials });
  expect((await post({ origin: 'https://evil.example' })).problem().code).toBe('csrf_token_wrong');
  expect((await post({ origin: test.origin })).status).toBe(200);
});

it('wants the kiosk’s own token of a kiosk', async () => {
  await using test = await startTestServer();
  const path = '/api/v1/sessions/dddddddd-0000-4000-8000-000000000002/tickets';
  const { cookie } = asKiosk;
  expect((await test.fetch(path, { method: 'POST', headers: { cookie } })).problem().code).toBe(
    'csrf_token_wrong',
  );
  expect((await test.fetch(path, { method: 'POST', headers: asKiosk })).status).toBe(201);
});
