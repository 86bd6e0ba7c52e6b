/** What creates and what changes, on a live controller: repeated, at once, and against what is not any more. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LiveController } from './support/live-controller.ts';

let live: LiveController;
beforeAll(async () => {
  live = await LiveController.start();
});
afterAll(() => live[Symbol.asyncDispose]());

const codeOf = (json: unknown) => (json as { code?: string } | undefined)?.code;
const idOf = (json: unknown) => (json as { id: string }).id;

it.each([
  ['/rooms', () => ({ name: `Room ${randomUUID()}` })],
  ['/users', () => ({ username: `u-${randomUUID()}`, role: 'student' })],
  ['/join-tokens', () => ({ note: 'repeated' })],
  ['/groups', () => ({ name: `Group ${randomUUID()}` })],
])('makes one of %s for a key that is repeated, with the secret that is told once', async (path, bodyOf) => {
  const headers = { 'idempotency-key': randomUUID() };
  const body = bodyOf();
  const first = await live.ask('POST', path, { body, headers });
  expect(first.status).toBe(201);
  const count = async () =>
    ((await live.ask('GET', `${path}?limit=200`)).json as { items: unknown[] }).items.length;
  const made = await count();
  const again = await live.ask('POST', path, { body, headers });
  expect([again.status, again.json, again.headers.get('idempotency-replayed')]).toEqual([
    201,
    first.json,
    'true',
  ]);
  expect(await count()).toBe(made);
  const other = await live.ask('POST', path, { body: bodyOf(), headers: { ...headers } });
  expect(codeOf(other.json)).toBe(path === '/join-tokens' ? undefined : 'idempotency_key_reused');
  const short = await live.ask('POST', path, { body: bodyOf(), headers: { 'idempotency-key': '1' } });
  expect(codeOf(short.json)).toBe('request_invalid');
});

it('gives one session for many requests at once with one key', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const body = { template: 'desktop' };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => live.ask('POST', '/sessions', { who: 'student', body, headers })),
  );
  const made = answers.filter(({ status }) => status < 300);
  expect(made.length).toBeGreaterThan(0);
  expect(new Set(made.map(({ json }) => idOf(json))).size).toBe(1);
  const refused = answers.filter(({ status }) => status >= 300).map(({ json }) => codeOf(json));
  expect(new Set([...refused, 'idempotency_key_in_use'])).toEqual(new Set(['idempotency_key_in_use']));
});

it('lets one of many edits win that all saw the same, and tells the others', async () => {
  const { json } = await live.ask('POST', '/rooms', { body: { name: `Room ${randomUUID()}` } });
  const path = `/rooms/${idOf(json)}`;
  const seen = (await live.ask('GET', path)).headers.get('etag') ?? '';
  const edits = await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      live.ask('PATCH', path, { body: { name: `${index} ${randomUUID()}` }, headers: { 'if-match': seen } }),
    ),
  );
  expect(edits.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412, 412]);
  const won = edits.find(({ status }) => status === 200);
  const now = await live.ask('GET', path);
  expect(now.json).toEqual(won?.json);
  expect(now.headers.get('etag')).toBe(won?.headers.get('etag'));
  const late = await live.ask('PATCH', path, { body: { name: 'late' }, headers: { 'if-match': seen } });
  expect(codeOf(late.json)).toBe('precondition_failed');
  const unchanged = await live.ask('GET', path, {
    headers: { 'if-none-match': now.headers.get('etag') ?? '' },
  });
  expect([unchanged.status, unchanged.text]).toEqual([304, '']);
});

it('shows nobody what is other people’s', async () => {
  const { json } = await live.ask('POST', '/sessions', { who: 'admin', body: { template: 'terminal' } });
  const path = `/sessions/${idOf(json)}`;
  for (const [method, leaf] of [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/tickets'],
    ['POST', '/keep'],
  ] as const) {
    const answered = await live.ask(method, `${path}${leaf}`, { who: 'student' });
    expect([method, leaf, codeOf(answered.json)]).toEqual([method, leaf, 'not_found']);
  }
  const { items } = (await live.ask('GET', '/sessions?user=admin', { who: 'student' })).json as {
    items: unknown[];
  };
  expect(items).toEqual([]);
  expect((await live.ask('DELETE', path)).status).toBe(200);
});

it('walks a long list in pages', async () => {
  for (let index = 0; index < 7; index += 1)
    await live.ask('POST', '/groups', { body: { name: `Page ${index} ${randomUUID()}` } });
  const ids: string[] = [];
  let next: string | null = null;
  do {
    const after: string = next === null ? '' : `&after=${next}`;
    const { json } = await live.ask('GET', `/groups?limit=3${after}`);
    const page = json as { items: { id: string }[]; next: string | null };
    ids.push(...page.items.map(({ id }) => id));
    next = page.next;
  } while (next !== null);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(7);
});
