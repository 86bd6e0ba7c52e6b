/** By the doors that people and devices use: the API, and MQTT. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { readPostmasterPid } from '@homeroom/controller/store/embedded/postmaster-pid.ts';
import { socketUrl } from '@homeroom/controller/store/embedded/socket-folder.ts';
import { expect, it } from 'vitest';
import { silentLogger } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Browser } from '../controller/support/browser.ts';
import { type Announced, ControllerFolder } from '../controller/support/controller-process.ts';
import { claim } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';

const password = 'first password';
const timeout = 120_000;

/** A controller with simulated desktops, its first accounts, and a student with one. */
async function setUp(folder: ControllerFolder) {
  const announced = await folder.start().untilReady();
  const people = await signInAll(announced);
  const { admin, student } = people;
  await admin.ask('POST', '/templates', { id: 'simulated', name: 'Simulated', provider: 'simulated' });
  await admin.ask('PATCH', '/pools/simulated', { warmMinimum: 2, maximum: 5 });
  const { id: session } = await student.ask('POST', '/sessions', { template: 'simulated' });
  await waitFor('the student has a desktop', async () => {
    const { state } = await student.ask('GET', `/sessions/${session}`);
    return state === 'starting';
  });
  const { items: rooms } = await admin.ask('GET', '/rooms');
  return { announced, ...people, session, room: rooms[0].id as string };
}

async function signInAll({ httpPort }: Announced) {
  const signIn = (name: string) => Browser.signIn(`http://127.0.0.1:${httpPort}`, name, password);
  const [admin, teacher, student] = await Promise.all(['admin', 'teacher', 'student'].map(signIn));
  if (!admin || !teacher || !student) throw new Error('not all could sign in');
  return { admin, teacher, student, signIn };
}

/** @returns the device's password, and its seat in the first room */
async function enrol(admin: Browser, room: string, id: string, mqttPort: number) {
  const { token } = await admin.ask('POST', '/join-tokens', { uses: 1, room });
  const reply = await claim(mqttPort, id, { token });
  if (reply.status !== 'accepted') throw new Error(JSON.stringify(reply));
  const { seat } = await admin.ask('GET', `/devices/${id}`);
  return { password: reply.password, seat: seat as string };
}

async function openOwnDatabase({ dataDir }: ControllerFolder): Promise<Database> {
  const server = await readPostmasterPid(join(dataDir, 'controller/postgres'));
  if (!server) throw new Error('the controller runs no database');
  const url = socketUrl(server.socketFolder, 'homeroom');
  return openDatabase({ url, maxConnections: 1, logger: silentLogger });
}

const codeOf = async (response: Response) => {
  const text = await response.text();
  return response.ok ? response.status : JSON.parse(text).code;
};

it('gives tickets to look and to help to teachers of the room, and to nobody else', { timeout }, async () => {
  await using folder = await ControllerFolder.make();
  const { announced, admin, teacher, student, signIn, session, room } = await setUp(folder);
  const { seat } = await enrol(admin, room, `pi-${randomUUID().slice(0, 8)}`, announced.mqttPort);
  await admin.ask('POST', '/users', { username: 'foreign', role: 'teacher', password });
  await admin.ask('POST', '/users', { username: 'other', role: 'student', password });
  const [foreign, other] = await Promise.all([signIn('foreign'), signIn('other')]);
  const { items: users } = await admin.ask('GET', '/users');
  const idOf = (name: string) => users.find(({ username }: { username: string }) => username === name).id;
  await admin.ask('PUT', `/rooms/${room}/teachers`, { teachers: [idOf('teacher')] });
  await teacher.ask('POST', `/sessions/${session}/move`, { seat });

  const ask = async (who: Browser, purpose?: string) =>
    codeOf(await who.send('POST', `/sessions/${session}/tickets`, purpose && { purpose }));
  expect([await ask(teacher, 'watch'), await ask(teacher, 'control'), await ask(admin, 'watch')]).toEqual([
    201, 201, 201,
  ]);
  expect([await ask(student), await ask(student, 'own')]).toEqual([201, 201]);
  expect([await ask(student, 'watch'), await ask(student, 'control')]).toEqual([
    'not_allowed',
    'not_allowed',
  ]);
  expect([await ask(foreign, 'watch'), await ask(other, 'watch')]).toEqual(['not_found', 'not_found']);
  expect([await ask(teacher), await ask(teacher, 'broadcast')]).toEqual(['not_allowed', 'not_allowed']);
  expect(await ask(teacher, 'everything')).toBe('request_invalid');

  const start = async (who: Browser, body: object) =>
    codeOf(await who.send('POST', `/rooms/${room}/broadcast`, body));
  expect([
    await start(student, { session }),
    await start(foreign, { session }),
    await start(teacher, {}),
    await start(teacher, { session: randomUUID() }),
  ]).toEqual(['not_allowed', 'not_found', 'broadcast_without_desktop', 'not_found']);

  const { items: audit } = await admin.ask('GET', '/audit');
  const actions = audit.map(
    ({ action, actor }: { action: string; actor: string }) => `${action} by ${actor}`,
  );
  expect(actions).toEqual(
    expect.arrayContaining([
      'session.watch by teacher',
      'session.control by teacher',
      'session.watch by admin',
    ]),
  );
});

it('shows a broadcast at the seats until it is stopped, and ends it when the controller was killed', {
  timeout,
}, async () => {
  await using folder = await ControllerFolder.make();
  const first = await setUp(folder);
  const { admin, teacher, session, room } = first;
  const id = `pi-${randomUUID().slice(0, 8)}`;
  const device = await enrol(admin, room, id, first.announced.mqttPort);
  const agentAt = (port: number) => FakeAgent.connect({ id, password: device.password, port });
  const shown = async (agent: FakeAgent, url: string) =>
    waitFor(`${url} is shown`, () => agent.desired?.kiosk.url === url);

  const { id: broadcast, seats } = await (async () => {
    await using agent = await agentAt(first.announced.mqttPort);
    await shown(agent, `/kiosk/${id}`);
    const stopped = await teacher.ask('POST', `/rooms/${room}/broadcast`, { session });
    await shown(agent, `/broadcast/${stopped.id}`);
    expect(await teacher.ask('GET', `/rooms/${room}/broadcast`)).toEqual(stopped);
    expect(await first.student.ask('GET', `/sessions/${session}`)).toMatchObject({ shownIn: 'Room 1' });
    expect((await teacher.send('DELETE', `/broadcasts/${stopped.id}`)).status).toBe(204);
    await shown(agent, `/kiosk/${id}`);
    expect((await teacher.send('GET', `/rooms/${room}/broadcast`)).status).toBe(404);
    const again = await teacher.ask('POST', `/rooms/${room}/broadcast`, { session, forS: 600 });
    await shown(agent, `/broadcast/${again.id}`);
    return again;
  })();
  expect(seats).toEqual([{ seat: device.seat, isWatching: false }]);

  await folder.killAll();
  const db = await openOwnDatabase(folder);
  await db.query(`
    update broadcasts set started_at = started_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
    where ended_at is null`);
  await db.stop();
  const announced = await folder.start().untilReady();
  await using agent = await agentAt(announced.mqttPort);
  await shown(agent, `/kiosk/${id}`);
  const { teacher: back } = await signInAll(announced);
  expect(await back.ask('GET', `/broadcasts/${broadcast}`)).toMatchObject({ endReason: 'expired' });
});
