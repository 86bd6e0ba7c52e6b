/** A file comes in as a body, is bounded, and is read only when whoever sends it may. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileShelf, type ReceivedFile } from '@homeroom/controller/attention/files/file-shelf.ts';
import type { OnceRequest } from '@homeroom/controller/http/once.ts';
import { HomeroomError } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeAttention } from './support/fake-attention.ts';
import { at, ids } from './support/fake-services.ts';
import { asRole, startTestServer, type TestServer } from './support/test-server.ts';

const path = `/api/v1/rooms/${ids.room}/handouts?name=sheet.txt`;
const octets = { 'content-type': 'application/octet-stream' };
let dir: string;
let test: TestServer;
let handedOut: { request: object; text: string }[];
let once: OnceRequest[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'homeroom-hand-out-'));
  handedOut = [];
  once = [];
  const attention = fakeAttention();
  test = await startTestServer({
    services: {
      fileShelf: new FileShelf({ dir }),
      fileRounds: { ...attention.fileRounds, handOut },
      hostExchange: {
        ...attention.hostExchange,
        refuseUnasked: async (_round, user) => {
          if (user === 'unasked') throw new HomeroomError('not_found');
        },
        take: async (_who, tarPath) => {
          handedOut.push({ request: {}, text: await readFile(tarPath, 'utf8') });
        },
      },
    },
    once: {
      run: async (request, work) => {
        once.push(request);
        return { ...(await work()), isReplay: false };
      },
    },
  });
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

async function handOut(room: string, request: object, received: ReceivedFile) {
  handedOut.push({ request, text: await readFile(received.path, 'utf8') });
  const facts = { kind: 'hand-out', folder: 'Handouts', name: 'sheet.txt', startedBy: null } as const;
  return { id: ids.room, room, ...facts, startedAt: at, expiresAt: at, people: [] };
}

const send = (headers: Record<string, string>, body = 'Page 5', to = path) =>
  test.fetch(to, { method: 'POST', headers: { ...octets, origin: test.origin, ...headers }, body });
const left = () => readdir(join(dir, 'incoming')).catch(() => []);

it('hands the body out as it came, and keeps nothing that is not kept', async () => {
  const { status } = await send(asRole('teacher'), 'Page 5', `${path}&seats=a,b&folder=Week 3`);
  expect(status).toBe(201);
  expect(handedOut).toEqual([
    {
      request: {
        name: 'sheet.txt',
        folder: 'Week 3',
        forS: 604_800,
        group: undefined,
        seats: ['a', 'b'],
      },
      text: 'Page 5',
    },
  ]);
  expect(await left()).toEqual([]);
});

it('refuses what is larger than it may be, and keeps nothing of it', async () => {
  const answered = await send(asRole('teacher'), 'x'.repeat(1_001));
  expect(answered.problem()).toMatchObject({ status: 413, code: 'body_too_large' });
  expect(await left()).toEqual([]);
});

it.each([
  ['nobody', {}, 401],
  ['a student', asRole('student'), 403],
  ['a page elsewhere', { ...asRole('teacher'), origin: 'https://evil.example' }, 403],
])('does not read what %s sends', async (_who, headers, status) => {
  expect((await send(headers)).status).toBe(status);
  expect(handedOut).toEqual([]);
  expect(await left()).toEqual([]);
});

it.each([
  ['a name with a path in it', 'name=..%2Fx'],
  ['a hidden name', 'name=.bashrc'],
  ['a folder with a path in it', 'name=x&folder=a%2Fb'],
])('refuses %s', async (_what, query) => {
  const answered = await send(asRole('teacher'), 'x', `/api/v1/rooms/${ids.room}/handouts?${query}`);
  expect(answered.problem()).toMatchObject({ status: 400, code: 'request_invalid' });
});

it('takes no file where none is asked for, and nothing else where one is', async () => {
  const rooms = await send(asRole('admin'), 'x', '/api/v1/rooms');
  expect(rooms.problem()).toMatchObject({ code: 'media_type_unsupported' });
  const json = await send({ ...asRole('teacher'), 'content-type': 'application/json' }, '{}');
  expect(json.problem()).toMatchObject({ code: 'request_invalid' });
});

it('takes a repeated request for the same by the contents of its file and its query', async () => {
  const key = { 'idempotency-key': 'a key of some length' };
  for (const body of ['one', 'one', 'two']) await send({ ...asRole('teacher'), ...key }, body);
  await send({ ...asRole('teacher'), ...key }, 'one', `${path}&folder=Other`);
  const [first, second, third, fourth] = once.map(({ request }) => request);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(fourth).not.toBe(first);
});

it('reads what a host brings only after its credential, and only when it was asked', async () => {
  const bring = (user: string, credential: string) =>
    test.fetch(`/api/v1/file-rounds/${ids.room}/people/${user}/files`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/x-tar',
        authorization: `Basic ${Buffer.from(credential).toString('base64')}`,
      },
      body: 'a tar',
    });
  expect((await bring('asked', 'seat-1:wrong')).problem()).toMatchObject({ code: 'device_credential_wrong' });
  expect((await bring('unasked', 'seat-1:device-password')).status).toBe(404);
  expect(handedOut).toEqual([]);
  expect((await bring('asked', 'seat-1:device-password')).status).toBe(204);
  expect(handedOut).toEqual([{ request: {}, text: 'a tar' }]);
  expect(await left()).toEqual([]);
});
