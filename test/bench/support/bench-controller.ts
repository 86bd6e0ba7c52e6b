import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseReadyLine } from '@homeroom/controller/cli/up/ready-line.ts';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { readPostmasterPid } from '@homeroom/controller/store/embedded/postmaster-pid.ts';
import { socketUrl } from '@homeroom/controller/store/embedded/socket-folder.ts';
import { pino } from 'pino';
import { BenchProcess } from './process.ts';

const root = resolve(import.meta.dirname, '../../..');
const startTimeoutMs = 60_000;

/** The real controller as a process with its embedded database, on loopback and on ports of its own. */
export interface BenchController extends AsyncDisposable {
  readonly pid: number;
  readonly httpPort: number;
  readonly mqttPort: number;
  readonly mqttTlsPort: number;
  readonly adminToken: string;
  readonly observerPassword: string;
  /** Ask the API as the admin. @throws when it refuses */
  ask(method: string, path: string, body?: object): Promise<unknown>;
}

/**
 * @param roles what it does; everything when absent
 * @param environment further settings, which come before those here
 */
export async function startBenchController(
  dir: string,
  roles?: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<BenchController> {
  const process = spawnController(dir, { ...(roles && { HOMEROOM_ROLES: roles }), ...environment });
  try {
    const { httpPort, mqttPort = 0, mqttTlsPort = 0 } = await readReadyLine(process);
    const secret = async (name: string) => (await readFile(join(dir, 'controller', name), 'utf8')).trim();
    const adminToken = await secret('admin-token');
    return {
      pid: process.pid,
      httpPort,
      mqttPort,
      mqttTlsPort,
      adminToken,
      observerPassword: await secret('observer-password'),
      ask: (method, path, body) =>
        ask(`http://127.0.0.1:${httpPort}/api/v1${path}`, method, adminToken, body),
      [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
    };
  } catch (caught) {
    await process[Symbol.asyncDispose]();
    throw caught;
  }
}

/** @returns the controller's own database, for looking into it and filling it; to be stopped before the controller */
export async function openControllerDatabase(dir: string): Promise<Database> {
  const server = await readPostmasterPid(join(dir, 'controller', 'postgres'));
  if (!server) throw new Error('the controller runs no database');
  const url = socketUrl(server.socketFolder, 'homeroom');
  return openDatabase({ url, maxConnections: 1, logger: pino({ level: 'silent' }) });
}

function spawnController(dir: string, environment: NodeJS.ProcessEnv): BenchProcess {
  return new BenchProcess(process.execPath, [join(root, 'controller/main.ts'), '--announce'], {
    stdio: ['ignore', 'pipe', 2],
    env: {
      PATH: process.env.PATH,
      HOMEROOM_DATA_DIR: dir,
      HOMEROOM_LISTEN: '127.0.0.1',
      HOMEROOM_PORT: '0',
      HOMEROOM_MQTT_PORT: '0',
      HOMEROOM_MQTT_TLS_PORT: '0',
      HOMEROOM_MDNS: 'false',
      HOMEROOM_NODE_RED: 'off',
      HOMEROOM_LOG_LEVEL: 'error',
      ...environment,
    },
  });
}

async function readReadyLine({ child }: BenchProcess) {
  if (!child.stdout) throw new Error('the controller has no output');
  const lines = createInterface({ input: child.stdout });
  const signal = AbortSignal.timeout(startTimeoutMs);
  for (;;) {
    const [line] = await Promise.race([once(lines, 'line', { signal }), once(child, 'exit', { signal })]);
    const ready = typeof line === 'string' ? parseReadyLine(line) : undefined;
    if (ready) return ready;
    if (typeof line !== 'string') throw new Error(`the controller ended with ${line}`);
  }
}

async function ask(url: string, method: string, token: string, body: object | undefined): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
