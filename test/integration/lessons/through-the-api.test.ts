import type { Lesson, Me, Pool, Problem, Quota, School, Usage } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControllerFolder } from '../controller/support/controller-process.ts';

const dayMs = 24 * 3600_000;

let folder: ControllerFolder;
let origin: string;
let admin: string;
beforeAll(async () => {
  folder = await ControllerFolder.make();
  const { httpPort } = await folder.start().untilReady();
  origin = `http://127.0.0.1:${httpPort}/api/v1`;
  admin = await folder.adminToken();
}, 90_000);
afterAll(() => folder[Symbol.asyncDispose]());

interface Answered<T> {
  readonly status: number;
  readonly json: T;
}

async function ask<T = Problem>(
  method: string,
  path: string,
  { body, token = admin, type = 'application/json' }: { body?: unknown; token?: string; type?: string } = {},
): Promise<Answered<T>> {
  const response = await fetch(`${origin}/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': type }) },
    ...(body === undefined
      ? {}
      : { body: type === 'application/json' ? JSON.stringify(body) : String(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
}

/** The student of the first start signs in as a browser does. */
async function signIn(username: string): Promise<Record<string, string>> {
  const response = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password: 'first password' }),
  });
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const me = (await (await fetch(`${origin}/me`, { headers: { cookie } })).json()) as Me;
  return { cookie, 'X-CSRF-Token': me.csrfToken, 'Content-Type': 'application/json' };
}

it('imports a timetable, tells its faults, and shows a student their own lessons', async () => {
  const zone = await ask<School>('PUT', 'school', { body: { timeZone: 'Europe/Berlin' } });
  expect(zone.json.timeZone).toBe('Europe/Berlin');
  expect((await ask('PUT', 'school', { body: { timeZone: 'Nowhere/Land' } })).status).toBe(400);
  const group = await ask<{ id: string }>('POST', 'groups', { body: { name: '7b' } });
  const users = await ask<{ items: { id: string; username: string }[] }>('GET', 'users');
  const student = users.json.items.find(({ username }) => username === 'student')?.id;
  await ask('POST', `groups/${group.json.id}/members`, { body: { users: [student] } });
  const day = new Date(Date.now() + 3 * 24 * 3600_000).toISOString().slice(0, 10);
  const table = (name: string) =>
    `name;date;start;end;group;template\nMaths;${day};08:00;09:00;${name};desktop`;
  const take = (text: string) =>
    ask<Problem & { created: number }>('POST', 'lessons/import', { body: text, type: 'text/csv' });

  const refused = await take(table('9z'));
  expect([refused.status, refused.json.code]).toEqual([422, 'import_invalid']);
  expect(refused.json.errors).toEqual([{ field: 'line 2, group', message: 'There is no group “9z”.' }]);
  expect((await take(table('7b'))).json.created).toBe(1);

  const headers = await signIn('student');
  const own = await fetch(`${origin}/lessons?from=${new Date().toISOString()}`, { headers });
  const { items } = (await own.json()) as { items: Lesson[] };
  expect(items).toMatchObject([{ name: 'Maths', source: 'csv', need: 1, startsAt: expect.any(String) }]);
});

it('refuses what a limit does not allow with a sentence, and tells a student what they used', async () => {
  const made = await ask<Quota>('POST', 'quotas', { body: { template: 'terminal', activeSessions: 0 } });
  expect(made.status).toBe(201);
  expect((await ask('POST', 'quotas', { body: { template: 'terminal', activeSessions: 3 } })).json.code).toBe(
    'conflict',
  );
  const headers = await signIn('student');

  const claimed = await fetch(`${origin}/sessions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ template: 'terminal' }),
  });
  const problem = (await claimed.json()) as Problem;
  expect([claimed.status, problem.code]).toEqual([403, 'quota_exceeded']);
  expect(problem.detail).toContain('may have 0 sessions at once');

  const usage = (await (await fetch(`${origin}/me/usage`, { headers })).json()) as Usage;
  expect(usage).toMatchObject({
    hoursUsed: 0,
    home: 'homes/student',
    limits: [{ template: 'terminal', activeSessions: 0 }],
  });
  expect((await ask('DELETE', `quotas/${made.json.id}`)).status).toBe(204);
});

it('takes a lesson that cannot be served and says so; the timetable is in its order', async () => {
  const { json: group } = await ask<{ id: string }>('POST', 'groups', { body: { name: 'remarked' } });
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  const day = (hour: number, days = 9) => new Date(today + days * dayMs + hour * 3600_000).toISOString();
  const make = async (name: string, startsAt: string, endsAt: string, seats: number) => {
    const body = { name, group: group.id, template: 'desktop', startsAt, endsAt, seats };
    const made = await ask<Lesson>('POST', 'lessons', { body });
    expect(made.status).toBe(201);
    return made.json;
  };
  expect((await make('Later', day(12), day(13), 1)).remarks).toEqual([]);
  const { json: pools } = await ask<{ items: Pool[] }>('GET', 'pools');
  const maximum = pools.items.find(({ template }) => template === 'desktop')?.maximum ?? 0;
  const large = await make('Large', day(10), day(11), maximum);
  expect(large.remarks).toEqual([]);
  expect((await make('Double', day(10), day(11), 1)).remarks).toEqual([
    expect.stringContaining('“Large” is at the same time'),
    expect.stringContaining(`${maximum + 1} desktops are needed`),
  ]);
  expect((await make('Gone', day(10, -9), day(11, -9), 1)).remarks).toEqual([
    'It is over already: nothing is made for it.',
  ]);
  const tooMany = { seats: maximum + 1 };
  const refused = await ask('PATCH', `lessons/${large.id}`, { body: tooMany });
  expect([refused.status, refused.json.code]).toEqual([422, 'lesson_too_large']);
  const made = { name: 'Huge', group: group.id, template: 'desktop', startsAt: day(14), endsAt: day(15) };
  expect((await ask('POST', 'lessons', { body: { ...made, ...tooMany } })).json.code).toBe(
    'lesson_too_large',
  );
  const changed = await ask<Lesson>('PATCH', `lessons/${large.id}`, { body: { seats: 2 } });
  expect(changed.json.remarks).toEqual([expect.stringContaining('“Double”')]);
  const { json: listed } = await ask<{ items: Lesson[] }>('GET', `lessons?group=${group.id}&limit=3`);
  expect(listed.items.map(({ name }) => name)).toEqual(['Gone', expect.any(String), expect.any(String)]);
  expect(
    listed.items.every((each, at) => at === 0 || each.startsAt >= (listed.items[at - 1]?.startsAt ?? '')),
  ).toBe(true);
  expect(listed.items[0]).not.toHaveProperty('remarks');
});
