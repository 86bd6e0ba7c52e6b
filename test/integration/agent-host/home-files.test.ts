/** Files from a controller into homes and back, over real HTTPS. */
import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { ControllerHttp } from '@homeroom/agent/controller-http.ts';
import { HomeFiles } from '@homeroom/agent/host/home-files.ts';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';

const agentUid = process.getuid?.() ?? 0;
const uid = agentUid === 0 ? 43_210 : agentUid;
const round = randomUUID();
const password = 'p'.repeat(24);
let dir: string;
let homes: string;
let controller: Server;
let http: ControllerHttp;
let files: HomeFiles;
let served: Map<string, Buffer>;
let uploaded: Map<string, Buffer>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'homeroom-files-'));
  homes = join(dir, 'homes');
  await mkdir(homes);
  [served, uploaded] = [new Map(), new Map()];
  const { certPem, keyPem, caPem } = await loadOrCreateCertificates(join(dir, 'tls'), {
    names: ['127.0.0.1'],
  });
  const basic = `Basic ${Buffer.from(`host-1:${password}`).toString('base64')}`;
  controller = createServer({ cert: certPem, key: keyPem }, async (request, response) => {
    const { method, url = '', headers } = request;
    const body = await buffer(request);
    const content = served.get(url);
    if (headers.authorization !== basic) return response.writeHead(401).end();
    if (method === 'PUT' && headers['content-type'] === 'application/x-tar') {
      uploaded.set(url, body);
      return response.writeHead(204).end();
    }
    return content ? response.end(content) : response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(controller, 'listening');
  const { port: httpPort } = controller.address() as AddressInfo;
  const place = { host: '127.0.0.1', httpPort, mqttPort: 1, serial: '' };
  http = new ControllerHttp(() => ({ device: 'host-1', password, caPem, ...place }));
  files = new HomeFiles({ homesDir: homes, collectedDir: join(dir, 'collected'), agentUid });
});
afterEach(async () => {
  controller.closeAllConnections();
  controller.close();
  await rm(dir, { recursive: true, force: true });
});

function offer(name: string, content: Buffer, told = content) {
  const path = `/api/v1/${name}`;
  served.set(path, content);
  const sha256 = createHash('sha256').update(told).digest('hex');
  return { name, sizeBytes: told.byteLength, sha256, path };
}

const put = (...offered: ReturnType<typeof offer>[]) =>
  files.put(
    { round, account: 'ada', uid, folder: 'Work', files: offered },
    (path, signal) => http.get(path, signal),
    AbortSignal.timeout(20_000),
  );
const inWork = (name: string) => join(homes, 'ada/Work', name);
const states = (report: Awaited<ReturnType<typeof put>>) =>
  report.files.map(({ state, savedAs, error }) => error?.code ?? `${state} ${savedAs}`);

it('puts files into a home that it makes, as the user’s own, and leaves nothing else there', async () => {
  const large = randomBytes(3_000_000);
  const report = await put(offer('sheet.pdf', large), offer('empty', Buffer.alloc(0)));
  expect(states(report)).toEqual(['written sheet.pdf', 'written empty']);
  expect((await readFile(inWork('sheet.pdf'))).equals(large)).toBe(true);
  expect((await readdir(join(homes, 'ada/Work'))).sort()).toEqual(['empty', 'sheet.pdf']);
  for (const path of [join(homes, 'ada'), join(homes, 'ada/Work'), inWork('sheet.pdf')]) {
    const found = await stat(path);
    expect([path, found.uid, found.mode & 0o077]).toEqual([path, uid, 0]);
  }
});

it('replaces nothing: what is there stays, and what is named alike gets a number', async () => {
  const sheet = offer('sheet.pdf', Buffer.from('the sheet'));
  await put(sheet);
  expect(states(await put(sheet))).toEqual(['there sheet.pdf']);
  await writeFile(inWork('sheet.pdf'), 'what the student made of it');
  expect(states(await put(sheet))).toEqual(['written sheet (2).pdf']);
  expect(states(await put(sheet))).toEqual(['there sheet (2).pdf']);
  expect(await readFile(inWork('sheet.pdf'), 'utf8')).toBe('what the student made of it');
  expect((await readdir(join(homes, 'ada/Work'))).sort()).toEqual(['sheet (2).pdf', 'sheet.pdf']);
});

it('follows no link that a user laid', async () => {
  await put(offer('first', Buffer.from('1')));
  await writeFile(join(dir, 'secret'), 'secret');
  await symlink(join(dir, 'secret'), inWork('sheet.pdf'));
  expect(states(await put(offer('sheet.pdf', Buffer.from('the sheet'))))).toEqual(['written sheet (2).pdf']);
  expect(await readFile(join(dir, 'secret'), 'utf8')).toBe('secret');

  await rm(join(homes, 'ada/Work'), { recursive: true });
  await mkdir(join(dir, 'elsewhere'));
  await symlink(join(dir, 'elsewhere'), join(homes, 'ada/Work'));
  await expect(put(offer('sheet.pdf', Buffer.from('x')))).rejects.toMatchObject({ code: 'conflict' });
  expect(await readdir(join(dir, 'elsewhere'))).toEqual([]);
});

it.runIf(agentUid === 0)('puts nothing into a folder of somebody else', async () => {
  await put(offer('first', Buffer.from('1')));
  await chown(join(homes, 'ada/Work'), uid + 1, uid + 1);
  await expect(put(offer('second', Buffer.from('2')))).rejects.toMatchObject({ code: 'conflict' });
});

it('tells what is wrong with one file, keeps nothing of it, and goes on with the others', async () => {
  const report = await put(
    offer('other', Buffer.from('aaaa'), Buffer.from('bbbb')),
    offer('longer', Buffer.from('aaaa'), Buffer.from('aaa')),
    offer('shorter', Buffer.from('aaaa'), Buffer.from('aaaaa')),
    { ...offer('missing', Buffer.from('a')), path: '/api/v1/nowhere' },
    offer('good', Buffer.from('good')),
  );
  expect(states(report)).toEqual([
    ...['payload_invalid', 'payload_invalid', 'payload_invalid', 'broker_unavailable'],
    'written good',
  ]);
  expect(await readdir(join(homes, 'ada/Work'))).toEqual(['good']);
});

it('sends what it collected as an archive that tar reads, and forgets it when told', async () => {
  await put(offer('first', Buffer.from('1')));
  await mkdir(inWork('Übung 2'));
  const long = `${'long '.repeat(30)}name`;
  for (const [name, content] of Object.entries({ 'answers.txt': '42', 'Übung 2/Lösung': '43', [long]: '' })) {
    await writeFile(inWork(name), content);
    if (agentUid === 0) await chown(inWork(name), uid, uid);
  }
  const what = { account: 'ada', uid, folder: 'Work', maxFiles: 10, maxBytes: 1_000_000 };
  const report = await files.collect(round, what, AbortSignal.timeout(20_000));
  expect(report.files).toHaveLength(4);

  const archive = await files.archiveOf({ round, account: 'ada', path: '/api/v1/up', prefix: 'Ada L' });
  await http.put('/api/v1/up', { ...archive, mediaType: 'application/x-tar' }, AbortSignal.timeout(20_000));
  const tar = uploaded.get('/api/v1/up') ?? Buffer.alloc(0);
  expect(tar.byteLength).toBe(archive.sizeBytes);
  expect(tar.subarray(-1024).every((byte) => byte === 0)).toBe(true);
  await writeFile(join(dir, 'up.tar'), tar);
  await promisify(execFile)('tar', ['xf', join(dir, 'up.tar'), '-C', dir]);
  expect(await readFile(join(dir, 'Ada L/Übung 2/Lösung'), 'utf8')).toBe('43');
  expect((await readdir(join(dir, 'Ada L'))).sort()).toEqual(
    ['answers.txt', 'first', long, 'Übung 2'].sort(),
  );

  await files.forget({ round, account: 'ada' });
  await files.forget({ round });
  await expect(files.archiveOf({ round, account: 'ada', path: '/api/v1/up' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('says so when the controller does not take the archive, or does not answer', async () => {
  await put(offer('first', Buffer.from('1')));
  const what = { account: 'ada', uid, folder: 'Work', maxFiles: 10, maxBytes: 1_000 };
  await files.collect(round, what, AbortSignal.timeout(20_000));
  const send = async (mediaType: string) => {
    const archive = await files.archiveOf({ round, account: 'ada', path: '/api/v1/up' });
    await http.put('/api/v1/up', { ...archive, mediaType }, AbortSignal.timeout(20_000));
  };
  await expect(send('text/plain')).rejects.toThrow('PUT /api/v1/up was answered 404');
  controller.closeAllConnections();
  controller.close();
  await expect(send('application/x-tar')).rejects.toMatchObject({ code: 'broker_unavailable' });
});
