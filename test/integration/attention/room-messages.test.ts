/** What is said to a room is shown, read, and gone. */
import { firstPage } from '@homeroom/controller/http/page-query.ts';
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

const say = (text: string) => stage.messages.send(stage.room, { text, forS: 600 }, admin);
const receipt = async (id: string) => (await stage.messages.get(id))?.receipts[0];

it('lies over a pushed page until somebody has read it, and says who saw and read it', async () => {
  await stage.controls.open(stage.room, { url: 'https://example.org/' }, admin);
  await stage.shows('https://example.org/');

  const { id, receipts } = await say('Please look up');
  expect(receipts).toEqual([{ seat: stage.seat, seatName: 'Seat 1', shownAt: null, readAt: null }]);
  await stage.shows('/kiosk/pi-1');
  expect(await stage.view()).toMatchObject({
    view: 'message',
    message: 'Please look up',
    roomMessage: { id, sentBy: null },
  });

  await stage.messages.shown(id, 'pi-1');
  expect(await receipt(id)).toMatchObject({ shownAt: expect.any(String), readAt: null });
  await stage.messages.read(id, 'pi-1');
  await stage.shows('https://example.org/');
  const first = await receipt(id);
  expect(first).toMatchObject({ readAt: expect.any(String) });
  // Told again, it stays as it was.
  await stage.messages.read(id, 'pi-1');
  expect(await receipt(id)).toEqual(first);
});

it('shows the oldest unread one first, so that none is covered', async () => {
  const first = await say('One');
  const second = await say('Two');
  expect(await stage.view()).toMatchObject({ message: 'One' });
  await stage.messages.read(first.id, 'pi-1');
  expect(await stage.view()).toMatchObject({ message: 'Two' });
  const { items } = await stage.messages.page(stage.room, firstPage);
  expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
});

it('goes when it is taken back', async () => {
  const { id } = await say('Too early');
  await waitFor('it to be shown', async () => (await stage.view()).view === 'message');
  await stage.messages.withdraw(id, admin);
  expect(await stage.view()).toMatchObject({ view: 'sign-in', roomMessage: null });
  expect(await stage.messages.get(id)).toMatchObject({ withdrawnAt: expect.any(String) });
});

it('goes when its time is over, though nobody reads it', async () => {
  await stage.controls.open(stage.room, { url: 'https://example.org/' }, admin);
  const { id } = await say('For a moment');
  await stage.shows('/kiosk/pi-1');
  await database.db.query(
    `update room_messages set created_at = now() - interval '1 hour', expires_at = now() where id = $1`,
    [id],
  );
  await stage.shows('https://example.org/');
});

it('is no secret of other seats: a device that it was not sent to has none to read', async () => {
  const elsewhere = await stage.test.fleet.rooms.create('Room 2', admin);
  const { id } = await stage.messages.send(elsewhere.id, { text: 'Not for you', forS: 600 }, admin);
  await expect(stage.messages.read(id, 'pi-1')).rejects.toThrow(/not_found/);
  await expect(stage.messages.shown('nothing', 'pi-1')).rejects.toThrow(/not_found/);
});
