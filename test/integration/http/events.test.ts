import type { Change } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { fakeServices, ids } from './support/fake-services.ts';
import { asKiosk, asRole, startTestServer, type TestServer } from './support/test-server.ts';

/** A page that listens; what it heard, as text. */
async function listen(test: TestServer, headers: Record<string, string>) {
  const stop = new AbortController();
  const response = await fetch(`${test.origin}/api/v1/events`, { headers, signal: stop.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no body');
  let heard = '';
  const until = async (text: string): Promise<string> => {
    const deadline = AbortSignal.timeout(30_000);
    while (!heard.includes(text)) {
      deadline.throwIfAborted();
      const { value, done } = await reader.read();
      if (done) throw new Error(`ended after ${heard}`);
      heard += value;
    }
    return heard;
  };
  await until('retry:');
  return { response, until, stop: () => stop.abort() };
}

const changes: Change[] = [
  { kind: 'device', id: 'seat-2' },
  { kind: 'device', id: 'seat-1' },
  { kind: 'session', id: ids.ownSession },
  { kind: 'session', id: ids.otherSession },
  { kind: 'enrolment', id: 'e' },
  { kind: 'user', id: 'u' },
  { kind: 'template', id: 'last' },
];

it.each([
  ['a student own sessions and templates', asRole('student'), [ids.ownSession, 'last']],
  ['a kiosk its device and the session at its seat', asKiosk, ['seat-1', ids.otherSession, 'last']],
  [
    'a teacher everything but enrolment',
    asRole('teacher'),
    ['seat-2', 'seat-1', ids.ownSession, ids.otherSession, 'u', 'last'],
  ],
])('tells %s', async (_name, headers, expected) => {
  await using test = await startTestServer();
  const page = await listen(test, headers);
  expect(page.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  for (const change of changes) {
    test.announce(change);
    // Sessions are looked up; the order of this test shall be that of the list.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const heard = await page.until('"last"');
  const told = [...heard.matchAll(/^event: change\ndata: (.*)$/gm)].map(
    ([, data]) => JSON.parse(data ?? '').id,
  );
  expect(told).toEqual(expected);
  page.stop();
});

it('forgets a page that has gone', async () => {
  const reads: string[] = [];
  const { sessions } = fakeServices();
  const get = async (id: string) => {
    reads.push(id);
    return undefined;
  };
  await using test = await startTestServer({ services: { sessions: { ...sessions, get } } });
  const page = await listen(test, asRole('student'));
  page.stop();
  const deadline = performance.now() + 5_000;
  for (let before = -1; reads.length !== before && performance.now() < deadline; ) {
    before = reads.length;
    test.announce({ kind: 'session', id: ids.ownSession });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const settled = reads.length;
  test.announce({ kind: 'session', id: ids.ownSession });
  expect(reads.length).toBe(settled);
});

it('ends pages whose rights nobody knows, for they fetch everything when they are back', async () => {
  const { sessions } = fakeServices();
  const get = async () => {
    throw new Error('the database is away');
  };
  await using test = await startTestServer({ services: { sessions: { ...sessions, get } } });
  const page = await listen(test, asRole('student'));
  test.announce({ kind: 'session', id: ids.ownSession });
  await expect(page.until('never')).rejects.toThrow(/ended/);
});

it('refuses more pages of one browser than it could show', async () => {
  await using test = await startTestServer();
  const pages = await Promise.all(Array.from({ length: 20 }, () => listen(test, asRole('student'))));
  const answered = await test.fetch('/api/v1/events', { headers: asRole('student') });
  expect([answered.status, answered.problem().code]).toEqual([429, 'rate_limited']);
  for (const page of pages) page.stop();
});
