import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { errorCodeOf, HomeroomError } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { fakeServices, ids } from './support/fake-services.ts';
import { asRole, fetchSecurely, startTestServer } from './support/test-server.ts';

it('speaks TLS and plain HTTP on one port, with the chain up to the CA', async () => {
  await using test = await startTestServer();
  expect((await test.fetch('/healthz')).json()).toEqual({ status: 'ok' });
  expect((await fetchSecurely(test, '/api/v1/sign-in')).status).toBe(200);
  const socket = connectTls({ port: test.server.port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const leaf = socket.getPeerCertificate(true);
  expect(leaf.issuerCertificate.raw.toString('base64')).toBe(
    test.certificates.caPem.replaceAll(/-----[^-]+-----|\s/g, ''),
  );
  socket.destroy();
});

it('says which port is taken and how to choose another', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const failure = await startTestServer({ port }).catch((caught: unknown) => caught);
  expect(errorCodeOf(failure)).toBe('port_in_use');
  expect(failure instanceof HomeroomError && failure.detail).toBe(
    `HTTP port ${port} is taken by another program: choose another with HOMEROOM_PORT`,
  );
  other.close();
});

it('is ready when everything it needs answers, and says what does not', async () => {
  const broken = async () => {
    throw new HomeroomError('database_unavailable');
  };
  const checks = [
    { name: 'broker', check: async () => undefined },
    { name: 'database', check: broken },
  ];
  await using test = await startTestServer({ checks });
  const answered = await test.fetch('/readyz');
  expect(answered.status).toBe(503);
  expect(answered.json()).toMatchObject({
    checks: [
      { name: 'broker', ok: true, reason: null },
      { name: 'database', ok: false, reason: expect.stringMatching(/database/) },
    ],
  });
  expect((await test.fetch('/healthz')).status).toBe(200);
});

it('answers 503 with Retry-After while the database is away', async () => {
  const { sessions } = fakeServices();
  const page = async () => {
    throw new HomeroomError('database_unavailable');
  };
  await using test = await startTestServer({ services: { sessions: { ...sessions, page } } });
  const answered = await test.fetch('/api/v1/sessions', { headers: asRole('student') });
  expect([answered.status, answered.problem().code]).toEqual([503, 'database_unavailable']);
  expect(answered.headers.get('retry-after')).toBe('5');
});

it('tells nothing of its own mistakes but a name for the log', async () => {
  const { sessions } = fakeServices();
  const page = async () => {
    throw new Error('the secret is 1234');
  };
  await using test = await startTestServer({ services: { sessions: { ...sessions, page } } });
  const answered = await test.fetch('/api/v1/sessions', { headers: asRole('student') });
  expect([answered.status, answered.problem().code]).toEqual([500, 'internal']);
  expect(answered.text).not.toMatch(/1234/);
});

it('shows metrics to admins alone, unless the configuration trusts every user of this machine', async () => {
  await using closed = await startTestServer();
  expect((await closed.fetch('/metrics')).problem().code).toBe('sign_in_required');
  await using test = await startTestServer({ metrics: 'loopback' });
  await test.fetch(`/api/v1/sessions/${ids.ownSession}`, { headers: asRole('student') });
  const metrics = await test.fetch('/metrics');
  expect(metrics.text).toMatch(
    /homeroom_http_request_duration_seconds_count{method="GET",route="\/api\/v1\/sessions\/:id",status="200"} 1/,
  );
  const proxied = { 'x-forwarded-for': '10.0.0.9' };
  expect((await test.fetch('/metrics', { headers: proxied })).problem().code).toBe('sign_in_required');
  const as = (token: string) => ({ ...proxied, authorization: `Bearer token-${token}` });
  expect((await test.fetch('/metrics', { headers: as('teacher') })).problem().code).toBe('not_allowed');
  expect((await test.fetch('/metrics', { headers: as('admin') })).status).toBe(200);
});
