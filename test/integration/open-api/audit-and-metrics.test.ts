/** The audit log and the figures of a live controller. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { LiveController } from './support/live-controller.ts';

let live: LiveController;
beforeAll(async () => {
  live = await LiveController.start();
});
afterAll(() => live[Symbol.asyncDispose]());

interface Verdict {
  readonly isWhole: boolean;
  readonly verified: number;
  readonly unsealed: number;
}

it('tells what a person changed, from what to what, and chains it within moments', async () => {
  const name = `Room ${randomUUID()}`;
  const { json } = await live.ask('POST', '/rooms', { body: { name } });
  const { id } = json as { id: string };
  await live.ask('PATCH', `/rooms/${id}`, { body: { name: `${name} again` } });
  const { items } = (await live.ask('GET', `/audit?subject=${id}`)).json as { items: unknown[] };
  expect(items).toEqual([
    expect.objectContaining({
      actor: 'admin',
      action: 'room.rename',
      before: { name },
      after: { name: `${name} again` },
    }),
    expect.objectContaining({ actor: 'admin', action: 'room.create', before: null, after: { name } }),
  ]);
  const verdict = await waitFor('everything is chained', async () => {
    const told = (await live.ask('GET', '/audit/verify')).json as Verdict;
    return told.unsealed === 0 ? told : undefined;
  });
  expect(verdict).toMatchObject({ isWhole: true, fault: null });
  expect(verdict.verified).toBeGreaterThanOrEqual(2);
});

it('gives the log away as lines of JSON and as a table, the oldest first, by the same filters', async () => {
  const name = `Group ${randomUUID()}`;
  const { json } = await live.ask('POST', '/groups', { body: { name } });
  const { id } = json as { id: string };
  await live.ask('PATCH', `/groups/${id}`, { body: { name: `${name} again` } });
  const lines = await live.ask('GET', `/audit/export?subject=${id}`);
  expect(lines.contentType).toBe('application/x-ndjson');
  const entries = lines.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string });
  expect(entries.map(({ action }) => action)).toEqual(['group.create', 'group.rename']);
  const table = await live.ask('GET', `/audit/export?subject=${id}&format=csv`);
  expect(table.headers.get('content-disposition')).toBe('attachment; filename="homeroom-audit.csv"');
  expect(table.text.split('\r\n')).toHaveLength(4);
  expect((await live.ask('GET', '/audit/export', { who: 'teacher' })).status).toBe(403);
});

it('measures claims, pools and queues as they are', async () => {
  await live.ask('POST', '/sessions', { who: 'student', body: { template: 'terminal' } });
  const figures = async () => await (await live.fetch('/metrics')).text();
  // No host runs desktops here, so whoever asks waits.
  const text = await waitFor('the queue is told', async () => {
    const told = await figures();
    return told.includes('homeroom_queue_sessions{template="terminal"} 1') ? told : undefined;
  });
  expect(text).toMatch(/^homeroom_sessions\{state="waiting"\} 1$/m);
  expect(text).toMatch(/^homeroom_sessions\{state="active"\} 0$/m);
  expect(text).toMatch(/^homeroom_claim_duration_seconds_count\{created="true"\} 1$/m);
  expect(text).toMatch(/^homeroom_pool_bounds\{template="terminal",bound="maximum"\} \d+$/m);
  expect(text).toMatch(/^homeroom_database_connections\{state="limit"\} \d+$/m);
  expect(text).toMatch(/^homeroom_reconcile_duration_seconds_count\{loop="[a-z ]+",result="done"\} \d+$/m);
  expect(text).toMatch(/^homeroom_provider_call_duration_seconds_count\{provider="host",call="\w+"\} \d+$/m);
  expect(text).toMatch(
    /^homeroom_http_request_duration_seconds_count\{method="POST",route="\/api\/v1\/sessions",status="201"\} 1$/m,
  );
});
