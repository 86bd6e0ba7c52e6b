import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { Browser } from './support/browser.ts';
import { ControllerFolder } from './support/controller-process.ts';

/** The server and every process of it. */
function processesOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [pid, ...children.split(' ').filter(Boolean).map(Number)];
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // A worker of the server has ended meanwhile.
    }
  }
}

it('answers 503 while the database is silent, and goes on when it is back', {
  timeout: 120_000,
}, async () => {
  await using folder = await ControllerFolder.make();
  const controller = folder.start();
  const { httpPort } = await controller.untilReady();
  const admin = await Browser.signIn(`http://127.0.0.1:${httpPort}`, 'admin', 'first password');
  const processes = processesOf(await folder.databasePid());

  signalAll(processes, 'SIGSTOP');
  try {
    const notReady = await fetch(`${admin.origin}/readyz`);
    expect(notReady.status).toBe(503);
    expect(await notReady.json()).toMatchObject({
      checks: [
        { name: 'database', ok: false },
        { name: 'broker', ok: true },
      ],
    });
    expect((await fetch(`${admin.origin}/healthz`)).status).toBe(200);
    const answers = await Promise.all([
      admin.send('GET', '/rooms'),
      admin.send('POST', '/rooms', { name: 'Lab' }),
    ]);
    for (const refused of answers) {
      expect(await refused.json()).toMatchObject({ status: 503, code: 'database_unavailable' });
      expect(refused.headers.get('retry-after')).toBe('5');
    }
  } finally {
    signalAll(processes, 'SIGCONT');
  }
  await waitFor('the same sign-in to work', async () => (await admin.send('GET', '/rooms')).ok, 60_000);
  expect(controller.child.exitCode).toBeNull();
});

it('has a database that was killed started again, with everything in it', { timeout: 120_000 }, async () => {
  await using folder = await ControllerFolder.make();
  const controller = folder.start();
  const { httpPort } = await controller.untilReady();
  const admin = await Browser.signIn(`http://127.0.0.1:${httpPort}`, 'admin', 'first password');
  await admin.ask('POST', '/rooms', { name: 'Lab' });

  process.kill(await folder.databasePid(), 'SIGKILL');

  const rooms = await waitFor(
    'the same sign-in to work',
    async () => {
      const answer = await admin.send('GET', '/rooms');
      expect([200, 503]).toContain(answer.status);
      return answer.ok ? answer.text() : undefined;
    },
    60_000,
  );
  expect(rooms).toContain('Lab');
  expect(controller.child.exitCode).toBeNull();
  await waitFor('it to say that it is ready', async () => (await fetch(`${admin.origin}/readyz`)).ok);
});
