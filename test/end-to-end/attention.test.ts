/**
 * What a teacher does to a room, with a seat's own browser over a desktop of a real host: it is locked, reads a message, and
 * the desktop comes back. Files reach the student's home as the student's own, and come from there; nothing else does.
 */
import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FileRound } from '@homeroom/protocol';
import { beforeAll, expect, it } from 'vitest';
import { Browser } from '../integration/controller/support/browser.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Api } from './support/api.ts';
import { setUpInstallation } from './support/installation.ts';
import { untilSeatShows } from './support/seat-screen.ts';

const homeroom = setUpInstallation({ seats: 1 });
const device = 'seat-1';
const timeoutMs = 60_000;
let api: Api;
let desktop: string;
let room: string;
let home: string;
let uid: number;

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  const ready = async () => (await api.ask('GET', '/pools/terminal')).ready > 0;
  await waitFor('a terminal stands ready on the host', ready, timeoutMs);
  const { origin } = homeroom.it;
  const student = await Browser.signIn(origin, 'student', homeroom.it.passwordOf('student') ?? '');
  const { id } = await student.ask('POST', '/sessions', { template: 'terminal' });
  const [seat] = (await api.ask('GET', '/seats')).items;
  room = seat.room;
  await api.ask('POST', `/sessions/${id}/move`, { seat: seat.id });
  desktop = `/desktop/${id}`;
  home = await findHome();
  ({ uid } = await stat(home));
});

/** The desktop is made the student's a moment after the session began. */
function findHome(): Promise<string> {
  return waitFor(
    'the home of the student',
    async () => {
      const found = await promisify(execFile)('find', [homeroom.it.dataDir, '-path', '*/homes/student']);
      return found.stdout.trim();
    },
    timeoutMs,
  );
}

async function handOut(text: string, folder = 'Handouts'): Promise<FileRound> {
  const query = new URLSearchParams({ name: 'sheet.txt', folder });
  const response = await fetch(`${homeroom.it.origin}/api/v1/rooms/${room}/handouts?${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await homeroom.it.adminToken()}`,
      'content-type': 'application/octet-stream',
    },
    body: text,
  });
  expect(response.status).toBe(201);
  return settled((await response.json()) as FileRound);
}

function settled({ id }: FileRound): Promise<FileRound> {
  return waitFor(
    'the student to be done',
    async () => {
      const round: FileRound = await api.ask('GET', `/file-rounds/${id}`);
      return round.people.every(({ state }) => state !== 'due') && round;
    },
    timeoutMs,
  );
}

it('locks the seat over its desktop, and gives the desktop back', async () => {
  await untilSeatShows(api, device, desktop);
  await api.ask('POST', `/rooms/${room}/lock`, { on: true });
  await untilSeatShows(api, device, `/kiosk/${device}`);
  expect((await api.ask('GET', `/devices/${device}`)).desired.lock).toBe(true);
  await api.ask('POST', `/rooms/${room}/lock`, { on: false });
  await untilSeatShows(api, device, desktop);
});

it('shows a message over the desktop until somebody at the seat has read it', async () => {
  const { id } = await api.ask('POST', `/rooms/${room}/message`, { text: 'Please look at the board.' });
  const receipt = async () => {
    const { items } = await api.ask('GET', `/rooms/${room}/messages`);
    return items.find((message: { id: string }) => message.id === id).receipts[0];
  };
  await waitFor('its page tells that it is shown', async () => (await receipt()).shownAt !== null, timeoutMs);
  const enter = { name: 'simulate', args: { what: 'keyboard', key: 'Enter' } };
  const isRead = async () => {
    // The button takes no key in its first moment.
    await api.ask('POST', `/devices/${device}/commands`, enter);
    return (await receipt()).readAt !== null;
  };
  await waitFor('its page tells that it is read', isRead, timeoutMs);
  await untilSeatShows(api, device, desktop);
});

it('puts a file into the home as the student’s own, and another beside it, not over it', async () => {
  expect((await handOut('Page 5')).people).toMatchObject([
    { username: 'student', state: 'done', reason: null },
  ]);
  const [person] = (await handOut('Page 6')).people;
  expect(person).toMatchObject({ state: 'done', reason: expect.stringContaining('sheet (2).txt') });
  const put = await stat(join(home, 'Handouts/sheet.txt'));
  expect({ uid: put.uid, mode: put.mode & 0o777 }).toEqual({ uid, mode: 0o600 });
  expect(await readFile(join(home, 'Handouts/sheet.txt'), 'utf8')).toBe('Page 5');
  expect(await readFile(join(home, 'Handouts/sheet (2).txt'), 'utf8')).toBe('Page 6');
});

it('writes through no link', async () => {
  const elsewhere = join(homeroom.it.dataDir, 'elsewhere');
  await mkdir(elsewhere);
  await symlink(elsewhere, join(home, 'Linked'));
  expect((await handOut('x', 'Linked')).people).toMatchObject([
    { state: 'failed', reason: expect.any(String) },
  ]);
  await expect(stat(join(elsewhere, 'sheet.txt'))).rejects.toThrow(/ENOENT/);
});

it('collects what the student left, and no link, as a ZIP', async () => {
  const folder = join(home, 'Hand in');
  await mkdir(folder);
  await writeFile(join(folder, 'essay.txt'), 'To be, or not to be');
  for (const path of [folder, join(folder, 'essay.txt')]) await chown(path, uid, uid);
  await symlink('/etc/shadow', join(folder, 'shadow'));

  const round = await settled(await api.ask('POST', `/rooms/${room}/collections`, {}));
  expect(round.people).toMatchObject([{ state: 'done', files: 1, bytes: 19, leftCount: 1 }]);
  const response = await api.send('GET', `/file-rounds/${round.id}/archive`);
  expect(response.headers.get('content-type')).toBe('application/zip');
  const zip = join(homeroom.it.dataDir, 'round.zip');
  await writeFile(zip, Buffer.from(await response.arrayBuffer()));
  const list =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print({n: z.read(n).decode() for n in z.namelist()})';
  const { stdout } = await promisify(execFile)('python3', ['-c', list, zip]);
  expect(stdout).toMatch(/\(student\)\/essay\.txt': 'To be, or not to be'/);
  expect(stdout).not.toContain('root:');
  expect(stdout).toContain('1 left out');

  // Mended and collected anew.
  await rename(join(folder, 'shadow'), join(home, 'shadow'));
  await api.ask('POST', `/file-rounds/${round.id}/people/${round.people[0]?.user}/retry`);
  expect((await settled(round)).people).toMatchObject([{ state: 'done', files: 1, leftCount: 0 }]);
});
