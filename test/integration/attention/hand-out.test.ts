/** A file that a teacher hands out reaches everybody who is meant, also those who come late. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestServer, type TestDatabase, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { makeGroup, makeLesson } from '../lessons/school.ts';
import { FilesStage, host } from './files-stage.ts';

let server: TestServer;
let database: TestDatabase;
let stage: FilesStage;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  database = await server.createDatabase();
  stage = await FilesStage.open(database);
});
afterEach(async () => {
  await stage[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

it('puts it into the homes of who sits in the room', async () => {
  const contents = new Map<string, string>();
  stage.takesHandouts(contents);
  await stage.sit(0);
  const round = await stage.settled(await stage.handOut('Read page 5'));
  expect(round).toMatchObject({ kind: 'hand-out', folder: 'Handouts', name: 'sheet.txt' });
  expect(round.people).toMatchObject([
    { username: 'pupil1', state: 'done', files: 1, bytes: 11, reason: null },
  ]);
  expect(contents).toEqual(new Map([['pupil1', 'Read page 5']]));
  expect(stage.asked).toEqual([
    {
      name: 'files.put',
      args: expect.objectContaining({ account: 'pupil1', uid: expect.any(Number), folder: 'Handouts' }),
    },
  ]);
});

it('waits for those of the lesson who are late, and gives it to them when they come', async () => {
  stage.takesHandouts(new Map());
  await stage.sit(0);
  const group = await makeGroup(database.db, '7b', stage.people);
  await makeLesson(database.db, { startsInS: -60, endsInS: 600 }, { group_id: group, room_id: stage.room });
  const round = await stage.handOut('x');
  const late = await waitFor('the first to have it', async () => {
    const people = (await stage.rounds.get(round.id))?.people ?? [];
    return people[0]?.state === 'done' && people[1]?.reason && people[1];
  });
  expect(late).toMatchObject({
    username: 'pupil2',
    state: 'due',
    reason: expect.stringContaining('when they come'),
  });
  await stage.sit(1);
  expect((await stage.settled(round)).people).toMatchObject([{ state: 'done' }, { state: 'done' }]);
});

it('gives up when the time is over, and tries again when it is told to', async () => {
  await stage.sit(0);
  const round = await stage.handOut('x');
  await waitFor('the host to be asked', () => stage.asked.length > 0);
  const over = `update file_rounds set created_at = now() - interval '2 hours', expires_at = now()`;
  await database.db.query(over);
  await database.db.query('update file_round_people set look_again_at = now()');
  const failed = await stage.settled(round);
  expect(failed.people).toMatchObject([{ state: 'failed', reason: expect.any(String) }]);

  stage.takesHandouts(new Map());
  await stage.rounds.retry(round.id, stage.people[0] ?? '', admin);
  expect((await stage.settled(round)).people).toMatchObject([{ state: 'done' }]);
  await expect(stage.rounds.retry(round.id, stage.people[0] ?? '', admin)).rejects.toThrow(/not_found/);
});

it('goes on at once after a process that died over it', async () => {
  await stage.sit(0);
  const round = await stage.handOut('x');
  await waitFor(
    'the host to be found away',
    async () => (await stage.rounds.get(round.id))?.people[0]?.reason,
  );
  stage.takesHandouts(new Map());
  await stage.restart(() =>
    database.db.query(
      `update file_round_people set host_id = $1, look_again_at = now() + interval '1 hour'`,
      [host],
    ),
  );
  expect((await stage.settled(round)).people).toMatchObject([{ state: 'done' }]);
});

it('says what keeps it from somebody', async () => {
  await stage.sit(0, null);
  expect((await stage.settled(await stage.handOut('x'))).people).toMatchObject([
    { state: 'failed', reason: expect.stringContaining('on no host') },
  ]);
});

it('says so when the host could not write it', async () => {
  await stage.sit(0);
  const error = { code: 'disk_full', message: 'The disk is full.' };
  stage.host['files.put'] = async () => ({
    files: [{ name: 'sheet.txt', state: 'failed', savedAs: null, sizeBytes: 0, error }],
  });
  expect((await stage.settled(await stage.handOut('x'))).people).toMatchObject([
    { state: 'failed', reason: 'The disk is full.' },
  ]);
});

it('is refused where there is nobody, and leaves no file', async () => {
  await expect(stage.handOut('x')).rejects.toThrow(/nobody_there/);
  expect(await stage.shelf.rounds(Number.MAX_SAFE_INTEGER)).toEqual([]);
});

it('gives the file to hosts alone that were asked to put it somewhere', async () => {
  const round = await stage.handOut('x').catch(() => undefined);
  expect(round).toBeUndefined();
  await stage.sit(0);
  const { id } = await stage.handOut('secret');
  await expect(stage.exchange.handedOut(id, 'host-2')).rejects.toThrow(/not_found/);
  await expect(stage.exchange.handedOut('nothing', host)).rejects.toThrow(/not_found/);
});
