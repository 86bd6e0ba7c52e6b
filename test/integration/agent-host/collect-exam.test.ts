import { execFile } from 'node:child_process';
import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { collectOnce } from '@homeroom/agent/host/collect-once.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';

const uid = process.getuid?.() ?? 0;
let root: string;
let exam: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'homeroom-collect-'));
  exam = join(root, 'homes/ada/Exam');
  await mkdir(exam, { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const collect = (limits = { maxFiles: 100, maxBytes: 1_000 }, owner = uid) =>
  collectOnce({
    ...{
      home: join(root, 'homes/ada'),
      folder: 'Exam',
      target: join(root, 'collected/lesson'),
      account: 'ada',
    },
    ...{ owner, limits, signal: AbortSignal.timeout(20_000) },
  });

it('copies what stands in the folder for the agent alone, and what is below', async () => {
  await mkdir(join(exam, 'part 2'));
  await writeFile(join(exam, 'answers.txt'), '42');
  await writeFile(join(exam, 'part 2/empty'), '');

  const report = await collect();

  expect(report).toEqual({
    folder: join(root, 'collected/lesson/ada'),
    isMissing: false,
    files: [
      { path: 'answers.txt', sizeBytes: 2 },
      { path: 'part 2/empty', sizeBytes: 0 },
    ],
    left: [],
    leftCount: 0,
  });
  expect(await readFile(join(report.folder, 'answers.txt'), 'utf8')).toBe('42');
  expect((await stat(report.folder)).mode & 0o077).toBe(0);
});

it('collects once: what is written afterwards changes nothing', async () => {
  await writeFile(join(exam, 'answers.txt'), '42');
  const first = await collect();
  await writeFile(join(exam, 'answers.txt'), 'copied from a friend');
  await writeFile(join(exam, 'more.txt'), 'late');

  expect(await collect()).toEqual(first);
  expect(await readFile(join(first.folder, 'answers.txt'), 'utf8')).toBe('42');
  expect(await readdir(join(root, 'collected/lesson'))).toEqual(['ada', 'ada.json']);
});

it('begins anew where an earlier try was broken off', async () => {
  await mkdir(join(root, 'collected/lesson/.ada.part'), { recursive: true });
  await writeFile(join(root, 'collected/lesson/.ada.part/half'), 'half');
  await writeFile(join(exam, 'answers.txt'), '42');
  expect((await collect()).files).toEqual([{ path: 'answers.txt', sizeBytes: 2 }]);
});

it('follows no link, takes no pipe and waits for none, and tells what it left', async () => {
  await writeFile(join(root, 'secret'), 'of somebody else');
  await symlink(join(root, 'secret'), join(exam, 'link'));
  await symlink(root, join(exam, 'folder-link'));
  await promisify(execFile)('mkfifo', [join(exam, 'pipe')]);

  const report = await collect();

  expect(report.files).toEqual([]);
  expect(report.left).toEqual([
    { path: 'folder-link', reason: 'link' },
    { path: 'link', reason: 'link' },
    { path: 'pipe', reason: 'not-a-file' },
  ]);
});

it('takes nothing through a folder that is a link itself', async () => {
  await rm(exam, { recursive: true });
  await symlink(root, exam);
  expect(await collect()).toMatchObject({ isMissing: true, files: [] });
});

it('leaves the files of others, though they are linked into the folder', async () => {
  await writeFile(join(root, 'of-another'), 'x');
  await link(join(root, 'of-another'), join(exam, 'mine'));
  expect(await collect(undefined, uid + 1)).toMatchObject({
    files: [],
    left: [{ path: 'mine', reason: 'not-the-users' }],
  });
});

it('keeps to its limits, takes what fits, and counts the rest', async () => {
  for (const name of ['a', 'b', 'c']) await writeFile(join(exam, name), name.repeat(6));
  await writeFile(join(exam, 'big'), 'x'.repeat(100));
  const report = await collect({ maxFiles: 2, maxBytes: 50 });
  expect(report.files.map(({ path }) => path)).toEqual(['a', 'b']);
  expect(report.left).toEqual([
    { path: 'big', reason: 'too-many' },
    { path: 'c', reason: 'too-many' },
  ]);
  expect(report.leftCount).toBe(2);
});

it('says that there was nothing to collect', async () => {
  await rm(join(root, 'homes/ada'), { recursive: true });
  expect(await collect()).toMatchObject({ isMissing: true, files: [], leftCount: 0 });
});
