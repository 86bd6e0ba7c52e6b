import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  listProcesses,
  readCommandLine,
  readProcess,
  withDescendants,
} from '@homeroom/agent/process-table.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { answerWith, KioskStage } from './stage.ts';

let stage: KioskStage;
beforeEach(async () => {
  stage = await KioskStage.open();
  await stage.kiosk.start();
});
afterEach(() => stage.end());

/** @returns the browser's processes, told by the agent's own folder and by descent */
async function browserProcesses(): Promise<{ pid: number; line: string }[]> {
  const rows = await listProcesses();
  const lines = await Promise.all(
    rows.map(async ({ pid }) => ({ pid, line: (await readCommandLine(pid)).join(' ') })),
  );
  const roots = lines.filter(({ line }) => line.includes(stage.dataDir)).map(({ pid }) => pid);
  const found = new Set(withDescendants(rows, new Set(roots)).map(({ pid }) => pid));
  return lines.filter(({ pid }) => found.has(pid));
}

it('starts the browser again when it was killed, with the same page', async () => {
  await stage.kiosk.show(`${stage.origin}/kiosk/pi-1`);
  const pid = await stage.browserPid();
  process.kill(pid, 'SIGKILL');
  await waitFor('a second visit', () => stage.visits.length === 2);
  await stage.waitForState('showing');
  expect(stage.crashes).toEqual([expect.stringContaining('SIGKILL')]);
  expect(await stage.browserPid()).not.toBe(pid);
  expect(stage.statuses.map(({ state }) => state).slice(-3)).toEqual(['showing', 'starting', 'showing']);
});

it('starts it again when its page has crashed', async () => {
  await stage.kiosk.show(`${stage.origin}/kiosk/pi-1`);
  const renderers = (await browserProcesses()).filter(({ line }) => line.includes('--type=renderer'));
  expect(renderers).not.toEqual([]);
  for (const { pid } of renderers) process.kill(pid, 'SIGKILL');
  await waitFor('a second visit', () => stage.visits.length === 2);
  await stage.waitForState('showing');
  expect(stage.crashes).toHaveLength(1);
});

it('ends the browser that a killed agent left behind, and starts over its locks', async () => {
  await stage.kiosk.stop();
  const agent = fork(fileURLToPath(new URL('lone-kiosk.ts', import.meta.url)), [stage.dataDir]);
  const [left] = (await once(agent, 'message')) as [number];
  // A browser that is stopped does not notice that its agent has died.
  process.kill(left, 'SIGSTOP');
  agent.kill('SIGKILL');
  await once(agent, 'exit');
  expect(await readProcess(left)).toBeDefined();

  await stage.kiosk.start();
  expect(await readProcess(left)).toBeUndefined();
  await stage.kiosk.show(`${stage.origin}/kiosk/pi-1`);
  expect(stage.kiosk.status).toMatchObject({ state: 'showing' });
});

it('leaves no process behind when it is stopped', async () => {
  stage.answer = (_, response) => answerWith(response, '<script>setInterval(() => 1, 1)</script>');
  await stage.kiosk.show(`${stage.origin}/busy`);
  expect(await browserProcesses()).not.toEqual([]);
  await stage.kiosk.stop();
  expect(await browserProcesses()).toEqual([]);
});
