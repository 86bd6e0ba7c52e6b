/** Every role in a process of its own, on one database: a student's session from sign-in to its end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Browser } from '../integration/controller/support/browser.ts';
import type { ControllerProcess } from '../integration/controller/support/controller-process.ts';
import { streamIn } from '../integration/gateway/support/test-gateway.ts';
import { DividedController } from '../support/divided-controller.ts';
import { freePort } from '../support/free-port.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../support/postgres.ts';
import { RfbClient } from '../support/rfb-client.ts';
import { waitFor } from '../support/wait-for.ts';

const root = resolve(import.meta.dirname, '../..');
const workers = ['session-broker', 'pool-manager', 'vm-controller', 'cleanup', 'teachers-portal', 'operator'];
const patienceMs = 90_000;

let server: TestServer;
let database: TestDatabase;
let controller: DividedController;
let processes: Map<string, ControllerProcess>;
let origin: string;
let host: ReturnType<typeof startHost> | undefined;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.createDatabase({ maxConnections: 2 });
  controller = await DividedController.make(database);
  const port = await freePort();
  const environment = { HOMEROOM_PORT: String(port) };
  // All at once, as an orchestrator does: whoever comes first makes what all share.
  processes = new Map(
    ['api', 'mqtt', ...workers].map((roles) => [roles, controller.start({ roles, environment })]),
  );
  await Promise.all([...processes.values()].map((each) => each.untilReady()));
  origin = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await host?.stop();
  await controller?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

interface Told {
  readonly roles: string[];
  readonly missingRoles: string[];
}

/** A real host, whose agent knows nothing of processes. */
function startHost(token: string) {
  const { PATH = '', HOME = '/' } = process.env;
  const child = spawn(process.execPath, [join(root, 'agent/homeroom-agent.mjs'), '--host'], {
    env: {
      PATH,
      HOME,
      HOMEROOM_CONTROLLER: `127.0.0.1:${controller.mqttTlsPort}`,
      HOMEROOM_DATA_DIR: join(controller.dataDir, 'agents/host'),
      HOMEROOM_DEVICE_ID: 'host',
      HOMEROOM_KIOSK: 'none',
      HOMEROOM_HOST_STREAMS: 'local',
      HOMEROOM_HOST_END_WITH_AGENT: 'on',
      HOMEROOM_JOIN_TOKEN: token,
    },
    stdio: 'ignore',
  });
  return {
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit', { signal: AbortSignal.timeout(30_000) });
    },
  };
}

it('tells of each process whether it is ready, what it carries, and that nobody is missing', async () => {
  for (const [role, each] of processes) {
    const { httpPort } = await each.untilReady();
    const told = await waitFor(`${role} is ready with all the others`, async () => {
      const response = await fetch(`http://127.0.0.1:${httpPort}/readyz`);
      const answer: Told = JSON.parse(await response.text());
      return response.ok && answer.missingRoles.length === 0 && answer;
    });
    expect(told.roles, role).toEqual([role]);
    expect(await (await fetch(`http://127.0.0.1:${httpPort}/healthz`)).json()).toEqual({ status: 'ok' });
    const page = await fetch(`http://127.0.0.1:${httpPort}/api/v1/me`);
    expect(page.status, role).toBe(role === 'api' ? 200 : 404);
  }
});

it('tells of each process its figures, to an admin', async () => {
  const headers = { authorization: `Bearer ${await controller.adminToken()}` };
  for (const [role, each] of processes) {
    const { httpPort } = await each.untilReady();
    const metrics = `http://127.0.0.1:${httpPort}/metrics`;
    expect((await fetch(metrics)).status, role).toBe(401);
    const told = await (await fetch(metrics, { headers })).text();
    expect(told, role).toContain('process_cpu_seconds_total');
    if (role === 'mqtt') expect(told).toContain('homeroom_mqtt_connections');
  }
});

it('makes the accounts once, though all processes started together', () => {
  const made = [...processes.values()].map(({ stdout }) => JSON.parse(stdout.split('\n')[0] ?? '').accounts);
  expect(made.filter((accounts) => accounts.length > 0)).toHaveLength(1);
});

it('gives a student a desktop that paints, and takes it away at the end', { timeout: 240_000 }, async () => {
  const admin = await Browser.signIn(origin, 'admin', 'first password');
  const { token } = await admin.ask('POST', '/join-tokens', { uses: 1, host: true });
  host = startHost(token);
  const pool = async () => (await admin.ask('GET', '/pools/terminal')).ready > 0;
  await waitFor('a terminal stands ready', pool, patienceMs);

  const student = await Browser.signIn(origin, 'student', 'first password');
  const session = await student.ask('POST', '/sessions', { template: 'terminal' });
  const { url } = await student.ask('POST', `/sessions/${session.id}/tickets`);
  const webSocket = new WebSocket(`${origin.replace('http', 'ws')}${url}`, ['binary'], {
    headers: student.headers,
  });
  const viewer = await RfbClient.connect(streamIn(webSocket));
  await viewer.refreshUntil((pixels) => pixels.some((byte, index) => index % 4 < 3 && byte > 0));
  await waitFor('the session is active', async () => {
    return (await student.ask('GET', `/sessions/${session.id}`)).state === 'active';
  });

  await student.ask('DELETE', `/sessions/${session.id}`);
  await once(webSocket, 'close', { signal: AbortSignal.timeout(30_000) });
  await waitFor('its desktop is gone', async () => {
    const sql = `select state from desktops where id = $1`;
    const [row] = await database.db.query<{ state: string }>(sql, [session.desktop]);
    return row?.state === 'gone';
  });
});

it('seals the audit log in the process that cleans up', async () => {
  const sql = 'select count(*) as written, count(sequence) as sealed from audit_log';
  await waitFor('every line is sealed', async () => {
    const [row] = await database.db.query<{ written: number; sealed: number }>(sql);
    return row !== undefined && row.written > 0 && row.sealed === row.written;
  });
});
