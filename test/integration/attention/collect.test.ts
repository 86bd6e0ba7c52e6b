/** What students hand in comes to the teacher as one archive. */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { FileKeeper } from '@homeroom/controller/attention/files/file-keeper.ts';
import { endSession } from '@homeroom/controller/sessions/end-session.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { FileRound } from '@homeroom/protocol';
import { pack } from 'tar-stream';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { FilesStage, host } from './files-stage.ts';

let server: TestServer;
let database: TestDatabase;
let stage: FilesStage;
let dir: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  stage = await FilesStage.open(database);
  dir = await mkdtemp(join(tmpdir(), 'homeroom-zip-'));
});
afterEach(async () => {
  await stage[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

const python = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
z.extractall(sys.argv[2])
print('\\n'.join(z.namelist()))`;

/** @returns what is in the archive, as another program reads it */
async function unzipped(round: FileRound): Promise<string[]> {
  const path = join(dir, 'a.zip');
  await pipeline(await stage.archive.of(round), createWriteStream(path));
  const { stdout } = await promisify(execFile)('python3', ['-c', python, path, join(dir, 'out')]);
  return stdout.trim().split('\n');
}

it('collects what everybody handed in, each in a folder of their own', async () => {
  stage.hasFiles({ 'essay.txt': 'To be', 'part 2/Übung.txt': 'ä' });
  await stage.sit(0);
  await stage.sit(1);
  const round = await stage.settled(await stage.collect());
  expect(round.people).toMatchObject([
    { username: 'pupil1', state: 'done', files: 2, bytes: 7, leftCount: 0, reason: null },
    { username: 'pupil2', state: 'done', files: 2 },
  ]);
  expect(await unzipped(round)).toEqual([
    'Pupil 1 (pupil1)/essay.txt',
    'Pupil 1 (pupil1)/part 2/Übung.txt',
    'Pupil 2 (pupil2)/essay.txt',
    'Pupil 2 (pupil2)/part 2/Übung.txt',
  ]);
  expect(await readFile(join(dir, 'out/Pupil 1 (pupil1)/essay.txt'), 'utf8')).toBe('To be');
  expect(stage.asked.filter(({ name }) => name === 'files.forget')).toHaveLength(2);
});

it('collects of who has gone already from where they worked last', async () => {
  stage.hasFiles({ a: 'x' });
  const session = await stage.sit(0);
  const round = await stage.collect();
  await endSession(database.db, { id: session, endReason: 'logout', reason: null, actor: systemActor });
  expect((await stage.settled(round)).people).toMatchObject([{ state: 'done', files: 1 }]);
});

it('says who handed in nothing, also in the archive', async () => {
  stage.host['files.collect'] = async () => ({
    folder: '',
    isMissing: true,
    files: [],
    left: [],
    leftCount: 0,
  });
  await stage.sit(0);
  const round = await stage.settled(await stage.collect());
  expect(round.people).toMatchObject([{ state: 'done', files: 0, reason: 'They have no folder “Hand in”.' }]);
  expect(await unzipped(round)).toEqual(['Not collected.txt']);
  expect(await readFile(join(dir, 'out/Not collected.txt'), 'utf8')).toContain('Pupil 1 (pupil1): no files.');
});

it('collects anew when it is told to', async () => {
  stage.hasFiles({ a: 'first' });
  await stage.sit(0);
  const round = await stage.settled(await stage.collect());
  stage.hasFiles({ b: 'second' });
  await stage.rounds.retry(round.id, stage.people[0] ?? '', admin);
  expect(await unzipped(await stage.settled(round))).toEqual(['Pupil 1 (pupil1)/b']);
});

it('waits for a host that is away, and gives up one that has a fault again and again', async () => {
  await stage.sit(0);
  const round = await stage.collect();
  await waitFor('the host to be asked', () => stage.asked.length > 0);
  const [person] = (await stage.rounds.get(round.id))?.people ?? [];
  expect(person?.state).toBe('due');
  stage.host['files.collect'] = async () => {
    throw new Error('broken');
  };
  const fault = waitFor('it to be given up', async () => {
    await database.db.query('update file_round_people set look_again_at = now() where host_id is null');
    return (await stage.rounds.get(round.id))?.people[0]?.state === 'failed';
  });
  await fault;
});

it('takes nothing from a host that was not asked, no link, and not more than was agreed', async () => {
  await stage.sit(0);
  const round = await stage.collect();
  const user = stage.people[0] ?? '';
  await waitFor(
    'the host to be found away',
    async () => (await stage.rounds.get(round.id))?.people[0]?.reason,
  );
  // As while it is asked, which the test takes its time for.
  const asking = `update file_round_people set host_id = $1, look_again_at = now() + interval '1 hour'`;
  await database.db.query(asking, [host]);
  await expect(stage.exchange.refuseUnasked(round.id, user, 'host-2')).rejects.toThrow(/not_found/);
  await expect(stage.exchange.refuseUnasked(round.id, stage.people[1] ?? '', host)).rejects.toThrow(
    /not_found/,
  );

  const bring = async (fill: (tar: ReturnType<typeof pack>) => void) => {
    const tar = pack();
    fill(tar);
    tar.finalize();
    const { path } = await stage.shelf.receive(Readable.from(tar), { maxBytes: 10_000_000 });
    await stage.exchange.take({ round: round.id, user, host }, path);
  };
  await expect(
    bring((tar) => void tar.entry({ name: 'x/large' }, Buffer.alloc(1024 * 1024 + 1))),
  ).rejects.toThrow(/archive_damaged/);
  await bring((tar) => {
    tar.entry({ name: 'x/link', type: 'symlink', linkname: '/etc/passwd' });
    tar.entry({ name: 'x/../../../../tmp/escaped' }, 'caught');
  });
  const [row] = await database.db.query<{ report: unknown }>('select report from file_round_people');
  expect(row?.report).toEqual({ kept: [{ path: 'tmp/escaped', sizeBytes: 6 }] });
});

it('names in the archive what is not there any more', async () => {
  stage.hasFiles({ a: 'kept', b: 'lost' });
  await stage.sit(0);
  const round = await stage.settled(await stage.collect());
  await rm(stage.shelf.collected(round.id, stage.people[0] ?? '', 1));
  expect(await unzipped(round)).toEqual(['Pupil 1 (pupil1)/a', 'Not collected.txt']);
  expect(await readFile(join(dir, 'out/Not collected.txt'), 'utf8')).toContain('/b: is gone.');
});

it('keeps files no longer than it should, and says that they are gone', async () => {
  stage.hasFiles({ a: 'x' });
  await stage.sit(0);
  const round = await stage.settled(await stage.collect());
  await database.db.query(
    `update file_rounds set created_at = now() - interval '40 days', expires_at = now() - interval '39 days'`,
  );
  const { db } = database;
  const keeper = new FileKeeper({ db, shelf: stage.shelf, keepDays: 30, logger: silentLogger });
  keeper.start();
  try {
    await waitFor('the files to be removed', async () => {
      const [row] = await db.query<{ gone: boolean }>(
        'select emptied_at is not null as gone from file_rounds',
      );
      return row?.gone;
    });
  } finally {
    await keeper.stop();
  }
  await expect(stage.archive.of(round)).rejects.toThrow(/file_gone/);
  await expect(stage.shelf.read(stage.shelf.collected(round.id, stage.people[0] ?? '', 0))).rejects.toThrow(
    /file_gone/,
  );
});
