import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '@homeroom/agent/find-program.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HostStage, lastingProcessesOf } from './stage.ts';

const uid = 43_211;
const account = 'sits-exam';
let stage: HostStage;
let desktop: string;
beforeAll(async () => {
  stage = await HostStage.open();
  const policies = { clipboardIn: false, clipboardOut: false };
  ({ desktop } = await stage.startDesktop({ account, uid, policies, folder: 'Exam' }));
});
afterAll(() => stage.end());

const vncconfig = await findProgram(['vncconfig'], (process.env.PATH ?? '').split(':'));

/** As a program of the desktop has it. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const [, terminal] = await lastingProcessesOf(desktop);
  const text = await readFile(`/proc/${terminal}/environ`, 'utf8');
  return Object.fromEntries(text.split('\0').map((line) => line.split(/=(.*)/s)));
}

it.skipIf(!vncconfig)('takes no text in and gives none out, and no program of it changes that', async () => {
  const env = await environment();
  const run = async (...args: string[]) =>
    (
      await promisify(execFile)(vncconfig ?? '', args, { env: { ...env, PATH: process.env.PATH } })
    ).stdout.trim();
  const both = async () => [await run('-get', 'AcceptCutText'), await run('-get', 'SendCutText')];
  expect(await both()).toEqual(['0', '0']);
  for (const name of ['AcceptCutText', 'SendCutText']) await run('-set', `${name}=1`).catch(() => undefined);
  expect(await both()).toEqual(['0', '0']);
});

it('has its user’s folder collected from the home, once', async () => {
  const isRoot = process.getuid?.() === 0;
  const { HOME: home = '' } = await environment();
  // It was there before the student did anything.
  await writeFile(join(home, 'Exam/answers.txt'), '42');
  await writeFile(join(home, 'Exam/of-another.txt'), '43');
  if (isRoot) await chown(join(home, 'Exam/answers.txt'), uid, uid);
  const lesson = randomUUID();
  const args = { account, uid, folder: 'Exam', maxFiles: 10, maxBytes: 1_000 };
  const collect = () => stage.host.files.collect(lesson, args, AbortSignal.timeout(20_000));

  const [report, same] = await Promise.all([collect(), collect()]);

  expect(same).toEqual(report);
  expect(report.folder).toBe(join(stage.dataDir, 'collected', lesson, account));
  expect(await readFile(join(report.folder, 'answers.txt'), 'utf8')).toBe('42');
  const left = isRoot ? [{ path: 'of-another.txt', reason: 'not-the-users' }] : [];
  expect(report.left).toEqual(left);
});
