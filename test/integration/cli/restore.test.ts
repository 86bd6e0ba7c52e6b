/**
 * An installation with people, a device, a live session and an audit log is saved while it runs and restored into an
 * empty folder. What was is there again, and what the world did meanwhile is told as it is.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ControllerFolder } from '../controller/support/controller-process.ts';
import { homeroom, homeroomJson } from './support/homeroom.ts';

const agentProgram = resolve(import.meta.dirname, '../../../agent/homeroom-agent.mjs');
const longMs = 60_000;
/** A host refuses to start without it, and says so; there is nothing to restore a session to then. */
const canRunDesktops = spawnSync('which', ['Xvnc']).status === 0;

let first: ControllerFolder;
let second: ControllerFolder;
let agentDir: string;
let agent: ChildProcess;
let ports: Record<string, string>;
let joinToken: string;
let session: { id: string };
let backupPath: string;

const of = (folder: ControllerFolder) => ({ environment: { HOMEROOM_DATA_DIR: folder.dataDir } });

function startAgent(): ChildProcess {
  return spawn(process.execPath, [agentProgram, '--host'], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      HOMEROOM_CONTROLLER: `127.0.0.1:${ports.HOMEROOM_MQTT_TLS_PORT}`,
      HOMEROOM_JOIN_TOKEN: joinToken,
      HOMEROOM_DATA_DIR: agentDir,
      HOMEROOM_DEVICE_ID: 'host-1',
      HOMEROOM_BOARD: 'simulated',
      HOMEROOM_KIOSK: 'none',
      HOMEROOM_HOST_STREAMS: 'local',
      HOMEROOM_HOST_END_WITH_AGENT: 'on',
    },
  });
}

async function stopAgent(): Promise<void> {
  if (!agent.kill('SIGTERM')) return;
  await once(agent, 'exit', { signal: AbortSignal.timeout(longMs) });
}

beforeAll(async () => {
  first = await ControllerFolder.make();
  second = await ControllerFolder.make();
  agentDir = await mkdtemp(join(tmpdir(), 'homeroom-restore-agent-'));
  await chmod(agentDir, 0o711);
  backupPath = join(agentDir, 'saved');
  const [http, mqtt, tls] = [await freePort(), await freePort(), await freePort()].map(String);
  ports = {
    HOMEROOM_PORT: http ?? '',
    HOMEROOM_MQTT_PORT: mqtt ?? '',
    HOMEROOM_MQTT_TLS_PORT: tls ?? '',
  };
  await first.start(ports).untilReady();
  joinToken = (await homeroomJson(['token', 'create', '--host'], of(first))).token;
  agent = startAgent();
}, 180_000);
afterAll(async () => {
  await stopAgent();
  await first[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
  await rm(agentDir, { recursive: true, force: true, maxRetries: 5 });
});

const liveSessions = (folder: ControllerFolder) => homeroomJson(['sessions', 'list'], of(folder));

it.runIf(canRunDesktops)(
  'saves an installation that is in use',
  async () => {
    const people = join(agentDir, 'people.csv');
    await writeFile(people, 'username,displayName,role,groups\nanna,Anna,student,5a\n');
    await homeroomJson(['users', 'import', people], of(first));
    await waitFor(
      'a desktop stands ready',
      async () =>
        (await homeroomJson(['pools', 'list'], of(first))).some(
          (pool: { ready: number; template: string }) => pool.template === 'terminal' && pool.ready > 0,
        ),
      longMs,
    );
    session = await homeroomJson(['sessions', 'start', 'terminal'], of(first));
    await writeFile(join(agentDir, 'passphrase'), 'correct horse battery\n');
    const args = ['backup', backupPath, '--passphrase-file', join(agentDir, 'passphrase')];
    const made = await homeroomJson(args, of(first));
    expect(made.tables).toBeGreaterThan(20);
    expect((await homeroomJson(['audit', 'list', '--action', 'backup'], of(first)))[0].action).toBe(
      'backup.make',
    );
  },
  150_000,
);

it.runIf(canRunDesktops)(
  'restores it into an empty folder, refuses one that is not empty, and a wrong passphrase',
  async () => {
    await first.stopAll();
    const wrong = join(agentDir, 'people.csv');
    const right = join(agentDir, 'passphrase');
    const restore = (folder: ControllerFolder, passphrase: string) =>
      homeroom(['restore', backupPath, '--passphrase-file', passphrase], of(folder));
    expect((await restore(second, wrong)).stderr).toContain('(backup_passphrase_wrong)');
    expect((await restore(first, right)).stderr).toContain('(restore_target_not_empty)');
    const { code, stderr } = await restore(second, right);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await second.start(ports).untilReady();
  },
  150_000,
);

it.runIf(canRunDesktops)(
  'lets people sign in as before, and its audit log is whole',
  async () => {
    const answer = await fetch(`http://127.0.0.1:${ports.HOMEROOM_PORT}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'student', password: 'first password' }),
    });
    expect(answer.status).toBe(200);
    expect(await homeroomJson(['groups', 'members', '5a'], of(second))).toMatchObject([{ username: 'anna' }]);
    const verdict = await waitFor('the restore is sealed', async () => {
      const told = await homeroomJson(['audit', 'verify'], of(second));
      return told.unsealed === 0 ? told : undefined;
    });
    expect(verdict).toMatchObject({ isWhole: true, fault: null });
    expect(await homeroomJson(['audit', 'list', '--action', 'backup.restore'], of(second))).toHaveLength(1);
    // Numbers go on where they were: a new account collides with nobody's.
    expect((await homeroom(['users', 'add', 'ben'], of(second))).code).toBe(0);
  },
  120_000,
);

it.runIf(canRunDesktops)(
  'knows its devices by the credentials that they have, and the desktop that still runs is its session’s',
  async () => {
    await waitFor(
      'the agent is back',
      async () => (await homeroomJson(['devices', 'show', 'host-1'], of(second))).connection === 'ready',
      longMs,
    );
    expect(await liveSessions(second)).toMatchObject([{ id: session.id, trouble: null }]);
  },
  120_000,
);

it.runIf(canRunDesktops)(
  'tells a session whose desktop is gone that it is',
  async () => {
    await stopAgent();
    agent = startAgent();
    await waitFor('the session ends', async () => (await liveSessions(second)).length === 0, longMs);
    const ended = await homeroomJson(['sessions', 'show', session.id], of(second));
    expect(ended).toMatchObject({ state: 'ended', endReason: 'desktop-lost' });
  },
  150_000,
);
