import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControllerApi } from '@homeroom/controller/cli/up/controller-api.ts';
import { registerStrip, wireStrip } from '@homeroom/controller/cli/up/register-strip.ts';
import { readStripCredential } from '@homeroom/controller/cli/up/strip/strip-files.ts';
import type { Device, Relay } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';

let dataDir: string;
let asked: string[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'homeroom-strip-'));
  asked = [];
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function stripOf(seats: (string | null)[], password?: string): Relay {
  const channels = seats.map((seat, channel) => ({
    ...{ channel, name: `Channel ${channel}`, load: 'other' as const, seat, on: null, since: null },
    ...{ wanted: null, isOverridden: false, minimumOffS: 0, fault: null },
  }));
  return {
    ...{ id: 'strip-1', name: 'Strip', kind: 'board', room: 'room-1', device: null, topic: null },
    ...{ online: false, lastSeenAt: null, maxStartsPerS: 2, channels },
    ...(password === undefined ? {} : { credential: { username: 'relay-strip-1', password } }),
  };
}

function apiWith(known: Relay[], devices: Pick<Device, 'id' | 'seat'>[] = []) {
  const note = (text: string) => void asked.push(text);
  const api: Parameters<typeof wireStrip>[0] = {
    rooms: async () => [{ id: 'room-1', name: 'Room 1', seats: 0, teachers: [] }],
    relays: async () => known,
    devices: async () => devices as Awaited<ReturnType<ControllerApi['devices']>>,
    createRelay: async ({ id, kind, room, channels }) => {
      note(`create ${id} ${kind} ${room} ${channels}`);
      return stripOf([null], 'new');
    },
    renewRelay: async (id) => {
      note(`renew ${id}`);
      return stripOf([null], 'renewed');
    },
    removeRelay: async (id) => note(`remove ${id}`),
    nameRelayChannel: async (id, channel, { name, load, seat }) =>
      note(`${id} ${channel}: ${name}, ${load} ${seat}`),
  };
  return api;
}

function enrol(name: string): void {
  const folder = join(dataDir, 'agents', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'credential.json'), JSON.stringify({ device: name }));
}

it.each([
  ['makes a strip that is not known', [], ['create strip-1 board room-1 3'], 'new'],
  [
    'takes a new password for one that is',
    [stripOf([null, null, null], undefined)],
    ['renew strip-1'],
    'renewed',
  ],
  [
    'replaces one with too few sockets',
    [stripOf([null, null])],
    ['remove strip-1', 'create strip-1 board room-1 3'],
    'new',
  ],
])('%s, and keeps its password for its owner alone', async (_what, known, calls, password) => {
  await registerStrip(apiWith(known), { dataDir, seats: 3 });
  expect(asked).toEqual(calls);
  expect(readStripCredential(dataDir)).toEqual({ username: 'relay-strip-1', password });
  expect(statSync(join(dataDir, 'strip/credential.json')).mode & 0o777).toBe(0o600);
});

it('hangs each seat on its socket, but for those that somebody wired or that have no place yet', async () => {
  for (const name of ['seat-1', 'seat-2', 'seat-3']) enrol(name);
  const devices = [
    { id: 'seat-1', seat: 'place-1' },
    { id: 'seat-2', seat: 'place-2' },
    { id: 'seat-3', seat: null },
  ];
  const api = apiWith([stripOf([null, 'elsewhere', null])], devices);
  await wireStrip(api, { dataDir, seats: 3 });
  expect(asked).toEqual(['strip-1 0: Seat 1, seat place-1']);
});

it('wires nothing when the strip was removed', async () => {
  await wireStrip(apiWith([]), { dataDir, seats: 1 });
  expect(asked).toEqual([]);
});
