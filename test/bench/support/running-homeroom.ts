import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { waitFor } from '../../support/wait-for.ts';

const root = resolve(import.meta.dirname, '../../..');
/** The embedded database is made at the first start. */
const startTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;

export const firstPassword = 'first password';

export interface HomeroomOptions {
  readonly seats: number;
  /** The seats' browsers; a bench that brings its own leaves them out. */
  readonly hasKiosks?: boolean;
}

/** What a device signs in with. */
export interface DeviceCredential {
  readonly device: string;
  readonly password: string;
}

/**
 * A whole Homeroom, as `npm start` runs it, in a folder of its own and on free ports of loopback: a controller with
 * its database and broker, a host agent, simulated seats.
 */
export class RunningHomeroom implements AsyncDisposable {
  readonly origin: string;
  /** Of the broker, for this machine. */
  readonly mqttUrl: string;
  readonly #dataDir: string;
  readonly #child: ChildProcess;
  readonly #adminToken: string;

  private constructor(options: {
    child: ChildProcess;
    dataDir: string;
    origin: string;
    mqttUrl: string;
    adminToken: string;
  }) {
    this.#child = options.child;
    this.#dataDir = options.dataDir;
    this.origin = options.origin;
    this.mqttUrl = options.mqttUrl;
    this.#adminToken = options.adminToken;
  }

  /** @returns once the host and every seat are connected and desktops are ready. */
  static async start({ seats, hasKiosks = false }: HomeroomOptions): Promise<RunningHomeroom> {
    const dataDir = await mkdtemp(join(tmpdir(), 'homeroom-bench-'));
    // The database and the desktops run as other users where we are root.
    await chmod(dataDir, 0o711);
    const child = spawnUp(dataDir, [`--seats=${seats}`, ...(hasKiosks ? [] : ['--no-kiosk'])]);
    try {
      const told = collect(child);
      const said = (pattern: RegExp) =>
        waitFor(`${pattern} is told`, () => pattern.exec(told())?.[1], startTimeoutMs);
      const origin = await said(/(http:\/\/localhost:\d+)/);
      const mqttUrl = await said(/(mqtt:\/\/localhost:\d+)/);
      await said(/(Connected): /);
      const adminToken = await readSecret(dataDir, 'admin-token');
      const local = (url: string) => url.replace('localhost', '127.0.0.1');
      const addresses = { origin: local(origin), mqttUrl: local(mqttUrl) };
      const running = new RunningHomeroom({ child, dataDir, ...addresses, adminToken });
      await running.untilReady('desktop');
      return running;
    } catch (caught) {
      await end(child, dataDir);
      throw caught;
    }
  }

  /** Ask the API as the admin. @throws when it refuses */
  async ask(method: string, path: string, body?: unknown) {
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#adminToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Wait until a template has desktops ready, and none of earlier runs is still being removed. */
  async untilReady(template: string): Promise<void> {
    await waitFor('desktops are ready and none is being removed', async () => {
      const { items } = await this.ask('GET', '/desktops');
      const states = items.filter((each: { template: string }) => each.template === template);
      const count = (state: string) =>
        states.filter((each: { state: string }) => each.state === state).length;
      return count('ready') >= 2 && count('deleting') + count('claimed') === 0;
    });
  }

  /** By which it may be asked as the admin. */
  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#adminToken}` };
  }

  /** @returns the credential of an agent, such as `seat-1` */
  async credentialOf(agent: string): Promise<DeviceCredential> {
    return JSON.parse(await readFile(join(this.#dataDir, 'agents', agent, 'credential.json'), 'utf8'));
  }

  /** @returns the password of the account that may read the broker. */
  observerPassword(): Promise<string> {
    return readSecret(this.#dataDir, 'observer-password');
  }

  async [Symbol.asyncDispose]() {
    await end(this.#child, this.#dataDir);
  }
}

async function readSecret(dataDir: string, name: string): Promise<string> {
  return (await readFile(join(dataDir, 'controller', name), 'utf8')).trim();
}

function spawnUp(dataDir: string, options: readonly string[]): ChildProcess {
  const ports = ['--port=0', '--mqtt-port=0', '--mqtt-tls-port=0'];
  const script = join(root, 'controller/cli/up/main.ts');
  return spawn(process.execPath, [script, ...ports, `--data=${dataDir}`, ...options], {
    env: {
      ...process.env,
      HOMEROOM_LISTEN: '127.0.0.1',
      HOMEROOM_MDNS: 'false',
      HOMEROOM_NODE_RED: 'off',
      HOMEROOM_FIRST_PASSWORD: firstPassword,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** @returns a function that gives everything that was said so far; it throws once the child has ended. */
function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk;
    });
  }
  return () => {
    if (child.exitCode !== null) throw new Error(`Homeroom ended:\n${text}`);
    return text;
  };
}

async function end(child: ChildProcess, dataDir: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit', { signal: AbortSignal.timeout(stopTimeoutMs) });
    child.kill('SIGTERM');
    await exit;
  }
  await rm(dataDir, { recursive: true, force: true });
}
