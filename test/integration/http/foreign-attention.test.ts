/** Messages, hand-outs and collections of a room of others are as if they were not there. */
import type { FileRound } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeAttention } from './support/fake-attention.ts';
import { at, ids } from './support/fake-services.ts';
import { asRole, startTestServer, type TestServer } from './support/test-server.ts';

const record = 'eeeeeeee-0000-4000-8000-000000000001';
let test: TestServer;
let isOwn: boolean;
let done: string[];

beforeEach(async () => {
  isOwn = false;
  done = [];
  const { fileRounds, roomMessages, roundArchive } = fakeAttention();
  const facts = { id: record, room: ids.room, startedBy: null, startedAt: at, expiresAt: at };
  const round: FileRound = { ...facts, kind: 'collect', folder: 'Hand in', name: null, people: [] };
  const message = { ...facts, text: 'x', sentBy: null, sentAt: at, withdrawnAt: null, receipts: [] };
  test = await startTestServer({
    services: {
      roomAccess: {
        mayUse: async () => isOwn,
        mayUseSeat: async () => isOwn,
        mayUseDevice: async () => isOwn,
        teachersOf: async () => new Set(),
      },
      fileRounds: {
        ...fileRounds,
        get: async () => round,
        retry: async () => {
          done.push('retry');
          return round;
        },
      },
      roundArchive: {
        of: async (...of) => {
          done.push('archive');
          return roundArchive.of(...of);
        },
      },
      roomMessages: {
        ...roomMessages,
        get: async () => message,
        withdraw: async () => void done.push('withdraw'),
      },
    },
  });
});
afterEach(() => test[Symbol.asyncDispose]());

const send = (method: string, path: string) =>
  test.fetch(`/api/v1${path}`, { method, headers: { ...asRole('teacher'), origin: test.origin } });

it.each([
  ['GET', `/file-rounds/${record}`],
  ['GET', `/file-rounds/${record}/archive`],
  ['POST', `/file-rounds/${record}/people/${ids.student}/retry`],
  ['DELETE', `/messages/${record}`],
])('%s %s knows nothing in a room of others', async (method, path) => {
  expect((await send(method, path)).problem()).toMatchObject({ status: 404, code: 'not_found' });
  expect(done).toEqual([]);
});

it('is there for the teachers of the room', async () => {
  isOwn = true;
  expect((await send('GET', `/file-rounds/${record}`)).json()).toMatchObject({ id: record });
  expect((await send('POST', `/file-rounds/${record}/people/${ids.student}/retry`)).status).toBe(200);
  expect((await send('DELETE', `/messages/${record}`)).status).toBe(204);
  expect(done).toEqual(['retry', 'withdraw']);
});
