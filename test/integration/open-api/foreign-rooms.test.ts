/** A teacher and a room of others: nothing of it is told, and nothing in it is done, by whatever route. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { routeRows } from '../../support/route-rows.ts';
import { DescribedApi } from './support/described-api.ts';
import { LiveController } from './support/live-controller.ts';
import { sampleOf } from './support/samples.ts';

/** What stands in a room, by the first part of its path. */
const areasOfRooms = [
  'rooms',
  'seats',
  'devices',
  'sessions',
  'lessons',
  'lesson-series',
  'relays',
  'class-runs',
  'broadcasts',
  'messages',
  'file-rounds',
] as const;
type AreaOfRooms = (typeof areasOfRooms)[number];
type Things = Readonly<Record<AreaOfRooms, string>>;

/** What is the whole school's; a new area has to be put here, or made in the rooms below. */
const areasOfSchool: ReadonlySet<string> = new Set([
  'desktops',
  'groups',
  'holidays',
  'hosts',
  'pools',
  'quotas',
  'templates',
  'tokens',
  'users',
]);

/** They stand in rooms, and come to be by more than a row: their own tests look at them. */
const lookedAtElsewhere: ReadonlySet<string> = new Set(['hdmi-switches']);

const isOfTeachers = (access: string) => ['teacher', 'student', 'viewer'].includes(access);
const areaOf = (path: string) => path.split('/')[1] ?? '';
const byId = routeRows().filter(({ path, access }) => isOfTeachers(access) && path.includes('/:id'));
const lists = routeRows().filter(
  ({ path, access, isPaginated }) => isPaginated && isOfTeachers(access) && !path.includes(':'),
);

let server: TestServer;
let database: TestDatabase;
let live: LiveController;
let api: DescribedApi;
let own: Things;
let foreign: Things;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.createDatabase();
  live = await LiveController.start({ HOMEROOM_DATABASE_URL: database.url });
  api = await DescribedApi.of(live.origin);
  const { id: teacher } = (await make('GET', '/me', undefined, 'teacher')).user as { id: string };
  own = await furnish('Own', [teacher]);
  foreign = await furnish('Foreign', []);
});
afterAll(async () => {
  await live?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

type Made = Record<string, unknown> & { readonly id: string };

async function make(method: string, path: string, body?: unknown, who: 'admin' | 'teacher' = 'admin') {
  const answered = await live.ask(method, path, { who, body });
  expect([200, 201], answered.text).toContain(answered.status);
  return answered.json as Made;
}

/** A room with one of everything. */
async function furnish(name: string, teachers: readonly string[]): Promise<Things> {
  const { db } = database;
  const room = await make('POST', '/rooms', { name, teachers });
  const seat = await make('POST', `/rooms/${room.id}/seats`, { name: 'Seat 1' });
  const device = `${name.toLowerCase()}-pi`;
  await db.query('insert into devices (id, name, seat_id) values ($1, $1, $2)', [device, seat.id]);
  const user = await make('POST', '/users', { username: `${name.toLowerCase()}-pupil`, role: 'student' });
  const [session] = await db.query<{ id: string }>(
    `insert into sessions (user_id, template_id, seat_id, state, deadline_at)
     values ($1, 'desktop', $2, 'waiting', now() + interval '1 hour') returning id`,
    [user.id, seat.id],
  );
  const lesson = { name, room: room.id, template: 'desktop' };
  const times = { startsAt: '2099-01-05T10:00:00.000Z', endsAt: '2099-01-05T11:00:00.000Z' };
  const days = { firstDay: '2099-01-05', lastDay: '2099-01-05', weekday: 1, starts: '10:00', ends: '11:00' };
  return {
    rooms: room.id,
    seats: seat.id,
    devices: device,
    sessions: session?.id ?? '',
    lessons: (await make('POST', '/lessons', { ...lesson, ...times })).id,
    'lesson-series': (await make('POST', '/lesson-series', { ...lesson, ...days })).id,
    relays: (await makeRelay(name, room.id)).id,
    ...(await happenings(room.id, session?.id ?? '')),
  };
}

function makeRelay(name: string, room: string): Promise<Made> {
  const id = `${name.toLowerCase()}-relay`;
  return make('POST', '/relays', { id, kind: 'board', room, channels: 1 });
}

/** What has gone on in a room. */
async function happenings(room: string, session: string) {
  const { db } = database;
  const insert = async (sql: string, ...values: string[]) =>
    (await db.query<{ id: string }>(`${sql} returning id`, [room, ...values]))[0]?.id ?? '';
  return {
    'class-runs': await insert(
      `insert into class_runs (room_id, kind, template_id, state, ended_at) values ($1, 'start', 'desktop', 'done', now())`,
    ),
    broadcasts: await insert(
      `insert into broadcasts (room_id, session_id, expires_at, ended_at, end_reason)
       values ($1, $2, now() + interval '1 hour', now(), 'stopped')`,
      session,
    ),
    messages: await insert(
      `insert into room_messages (room_id, text, expires_at) values ($1, 'Hello', now() + interval '1 hour')`,
    ),
    'file-rounds': await insert(
      `insert into file_rounds (room_id, kind, folder, expires_at) values ($1, 'collect', 'Work', now() + interval '1 hour')`,
    ),
  };
}

const foreignIdIn = (text: string) => Object.values(foreign).find((id) => text.includes(id));

/** Where more is needed than the document says. */
const bodies: Readonly<Record<string, unknown>> = {
  'POST /rooms/:id/open': { url: '/' },
  'POST /rooms/:id/start': { template: 'desktop' },
  'POST /rooms/:id/start-preview': { template: 'desktop' },
};

const queries: Readonly<Record<string, string>> = { 'POST /rooms/:id/handouts': '?name=sheet.pdf' };

function sampleBody(method: string, path: string): unknown {
  const known = bodies[`${method} ${path}`];
  if (known !== undefined) return known;
  const described = path.replaceAll(/:([a-z]+)/gi, '{$1}');
  const operation = api.operations.find((each) => each.method === method && each.path === described);
  const schema = operation?.requestBody?.content?.['application/json']?.schema;
  return schema && sampleOf(schema);
}

describe.each(byId)('$method $path', ({ method, path }) => {
  const area = areaOf(path) as AreaOfRooms;
  it('knows nothing in a room of others', async () => {
    if (areasOfSchool.has(area) || lookedAtElsewhere.has(area)) return;
    expect(areasOfRooms, `does ${area} stand in rooms?`).toContain(area);
    const filled = path.replace(':id', foreign[area]).replaceAll(/:[a-z]+/g, randomUUID());
    const asked = `${filled}${queries[`${method} ${path}`] ?? ''}`;
    const body = sampleBody(method, path);
    const answered = await live.ask(method, asked, {
      who: 'teacher',
      ...(body === undefined ? {} : { body }),
    });
    expect(answered.status, `${method} ${asked}: ${answered.text}`).toBe(404);
  });

  it('is there for its own teachers, and for admins', async () => {
    if (method !== 'GET' || path !== `/${area}/:id` || !areasOfRooms.includes(area)) return;
    expect((await live.ask('GET', `/${area}/${own[area]}`, { who: 'teacher' })).status).toBe(200);
    expect((await live.ask('GET', `/${area}/${foreign[area]}`)).status).toBe(200);
  });
});

it.each(lists)('$method $path leaves out what is in a room of others', async ({ path }) => {
  const query = path === '/sessions' ? '?state=all' : '';
  const { text } = await live.ask('GET', `${path}${query}`, { who: 'teacher' });
  expect(foreignIdIn(text), text).toBeUndefined();
  const area = areaOf(path) as AreaOfRooms;
  if (!areasOfRooms.includes(area)) return;
  expect(text).toContain(own[area]);
  expect((await live.ask('GET', `${path}${query}`)).text).toContain(foreign[area]);
});

it('shows nothing of a room of others where it is asked for by name', async () => {
  for (const path of ['/seats', '/devices', '/lessons']) {
    const { json } = await live.ask('GET', `${path}?room=${foreign.rooms}`, { who: 'teacher' });
    expect(json).toMatchObject({ items: [] });
  }
});

it.each([
  [
    'a session to a seat there',
    'POST',
    () => `/sessions/${own.sessions}/move`,
    () => ({ seat: foreign.seats }),
  ],
  ['a device to a seat there', 'PATCH', () => `/devices/${own.devices}`, () => ({ seat: foreign.seats })],
  ['itself to a seat there', 'POST', () => '/sessions', () => ({ template: 'desktop', seat: foreign.seats })],
  ['a lesson to it', 'PATCH', () => `/lessons/${own.lessons}`, () => ({ room: foreign.rooms })],
  [
    'a series to it',
    'PATCH',
    () => `/lesson-series/${own['lesson-series']}`,
    () => ({ room: foreign.rooms }),
  ],
])('brings not %s', async (_what, method, path, body) => {
  const answered = await live.ask(method, path(), { who: 'teacher', body: body() });
  expect(answered.status, answered.text).toBe(404);
});

it('imports no lessons into a room of others, by its name or its id', async () => {
  const table = 'name;date;start;end;room;template\nMaths;2099-01-05;08:00;09:00;Foreign;desktop';
  const ask = (who: 'teacher' | 'admin', query = '') =>
    live.ask('POST', `/lessons/import?dryRun=true${query}`, { who, body: { text: table } });
  expect((await ask('teacher')).json).toMatchObject({ code: 'import_invalid' });
  expect((await ask('teacher', `&room=${foreign.rooms}`)).status).toBe(404);
  expect((await ask('admin')).json).toMatchObject({ created: 1 });
});

it('leaves devices without a seat to the admins', async () => {
  await database.db.query(`insert into devices (id, name) values ('spare-pi', 'Spare')`);
  const ask = (who: 'teacher' | 'admin') => live.ask('GET', '/devices/spare-pi', { who });
  expect((await ask('teacher')).json).toMatchObject({ code: 'device_unknown' });
  expect((await ask('admin')).status).toBe(200);
  expect((await live.ask('GET', '/devices', { who: 'teacher' })).text).not.toContain('spare-pi');
  const off = await live.ask('PATCH', `/devices/${own.devices}`, { who: 'teacher', body: { seat: null } });
  expect(off.json).toMatchObject({ code: 'not_allowed' });
});

it('shows sessions without a seat to every teacher', async () => {
  const user = await make('POST', '/users', { username: 'at-home', role: 'student' });
  const [session] = await database.db.query<{ id: string }>(
    `insert into sessions (user_id, template_id, state, deadline_at)
     values ($1, 'desktop', 'waiting', now() + interval '1 hour') returning id`,
    [user.id],
  );
  expect((await live.ask('GET', `/sessions/${session?.id}`, { who: 'teacher' })).status).toBe(200);
  expect((await live.ask('GET', '/sessions', { who: 'teacher' })).text).toContain(session?.id);
});

it('tells GraphQL no more', async () => {
  const query = `{ rooms { items { id } } seats { items { id } } devices { items { id } } vdiSessions { id }
    lessons { items { id } } one: room(id: "${foreign.rooms}") { id } }`;
  const ask = async (who: 'teacher' | 'admin') =>
    (
      await live.fetch('/graphql', {
        who,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      })
    ).text();
  const told = await ask('teacher');
  expect(foreignIdIn(told), told).toBeUndefined();
  expect(told).toContain(own.devices);
  expect(told).toContain('not_found');
  expect(await ask('admin')).toContain(foreign.devices);
});

it('tells live pages of no change there', async () => {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(60_000)]);
  const { body } = await live.fetch('/api/v1/events', { who: 'teacher', signal });
  let heard = '';
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no body');
  const until = async (text: string) => {
    while (!heard.includes(text)) heard += (await reader.read()).value ?? '';
  };
  await until('retry:');
  for (const things of [foreign, own]) {
    await make('PATCH', `/seats/${things.seats}`, { name: 'Window' });
    await make('PATCH', `/devices/${things.devices}`, { name: 'Pi' });
    await make('PATCH', `/lessons/${things.lessons}`, { name: 'Art' });
    await make('DELETE', `/sessions/${things.sessions}`);
    await make('PATCH', `/rooms/${things.rooms}`, { name: `Renamed ${things.rooms}` });
  }
  // Changes are told in no fixed order; those there came first.
  for (const area of ['seats', 'devices', 'lessons', 'sessions', 'rooms'] as const) await until(own[area]);
  await make('POST', '/groups', { name: 'the end' });
  await until('"group"');
  expect(foreignIdIn(heard), heard).toBeUndefined();
  stop.abort();
});
