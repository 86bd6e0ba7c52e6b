/** What a teacher does to a room reaches its devices, and ends by itself where it must. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { AttentionStage } from './stage.ts';

let server: TestServer;
let database: TestDatabase;
let stage: AttentionStage;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  stage = await AttentionStage.open(database);
});
afterEach(async () => {
  await stage[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const isLocked = (wanted: boolean) =>
  waitFor(`the lock to be ${wanted}`, () => stage.agent.desired?.lock === wanted);
const device = () => stage.test.fleet.devices.get('pi-1');
const endAll = () =>
  database.db.query(`update seat_locks set created_at = now() - interval '1 hour', expires_at = now()`);

it('locks a room until its time is over, though nobody unlocks it', async () => {
  const outcome = await stage.controls.lock(stage.room, { on: true, forS: 600 }, admin);
  expect(outcome).toEqual({ seats: [{ seat: stage.seat, isReached: true, reason: null }] });
  await isLocked(true);
  expect(await stage.view()).toMatchObject({ view: 'locked' });
  expect((await device())?.desired).toMatchObject({ lock: true, lockedUntil: expect.any(String) });

  await endAll();
  await isLocked(false);
  expect(await stage.view()).toMatchObject({ view: 'sign-in' });
});

it('unlocks with the room what was locked for itself, and with the device what was locked with the room', async () => {
  await stage.test.fleet.devices.patch('pi-1', { lock: true }, admin);
  await isLocked(true);
  await stage.controls.lock(stage.room, { on: false, forS: 600 }, admin);
  await isLocked(false);
  await stage.controls.lock(stage.room, { on: true, seats: [stage.seat], forS: 600 }, admin);
  await isLocked(true);
  await stage.test.fleet.devices.patch('pi-1', { lock: false }, admin);
  await isLocked(false);
});

it('opens a page and ends it', async () => {
  await stage.controls.open(stage.room, { url: 'https://example.org/' }, admin);
  await stage.shows('https://example.org/');
  await stage.controls.open(stage.room, { url: null }, admin);
  await stage.shows('/kiosk/pi-1');
});

it('mutes and lets be heard again', async () => {
  await stage.controls.mute(stage.room, { on: true }, admin);
  await waitFor('it to be muted', () => stage.agent.desired?.audio?.muted === true);
  expect((await device())?.desired).toMatchObject({ muted: true });
  await stage.controls.mute(stage.room, { on: false }, admin);
  await waitFor('it to be heard', () => stage.agent.desired?.audio?.muted === false);
});

it('says which seats it does not reach, and refuses seats of elsewhere', async () => {
  const empty = await stage.test.fleet.rooms.createSeat(stage.room, 'Seat 2', admin);
  const { seats } = await stage.controls.lock(stage.room, { on: true, forS: 600 }, admin);
  expect(seats).toEqual([
    { seat: stage.seat, isReached: true, reason: null },
    { seat: empty.id, isReached: false, reason: expect.stringContaining('No device') },
  ]);
  const elsewhere = await stage.test.fleet.rooms.create('Room 2', admin);
  const request = { on: true, seats: [stage.seat], forS: 600 };
  await expect(stage.controls.lock(elsewhere.id, request, admin)).rejects.toThrow(/seat_unknown/);
  await expect(stage.controls.lock('nowhere', request, admin)).rejects.toThrow(/not_found/);
});

it('is written down with who did it and to which seats', async () => {
  await stage.controls.lock(stage.room, { on: true, seats: [stage.seat], forS: 60 }, admin);
  const lines = await database.db.query(
    `select actor, action, subject, details from audit_log where action like 'room.%'`,
  );
  expect(lines).toContainEqual({
    actor: 'admin',
    action: 'room.lock',
    subject: stage.room,
    details: { forS: 60, seats: [stage.seat] },
  });
});
