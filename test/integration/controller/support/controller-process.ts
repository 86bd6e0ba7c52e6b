import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { waitFor } from '../../../support/wait-for.ts';

const root = resolve(import.meta.dirname, '../../../..');
/** The embedded database is made at the first start, on a machine that may be busy. */
const startTimeoutMs = 60_000;

export interface Announced {
  readonly httpPort: number;
  readonly mqttPort: number;
  readonly mqttTlsPort: number;
  readonly portalUrl: string;
  readonly accounts: { username: string; password: string }[];
}

/** A folder for a controller's data, and the controllers that a test starts on it. */
export class ControllerFolder implements AsyncDisposable {
  readonly dataDir: string;
  readonly #processes: ControllerProcess[] = [];

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  static async make(): Promise<ControllerFolder> {
    const dataDir = await mkdtemp(join(tmpdir(), 'homeroom-controller-'));
    // The database runs as another user where we are root.
    await chmod(dataDir, 0o711);
    return new ControllerFolder(dataDir);
  }

  /** Start `controller/main.ts`; on free ports of loopback unless told otherwise. */
  start(environment: Record<string, string> = {}): ControllerProcess {
    const started = new ControllerProcess({
      HOMEROOM_DATA_DIR: this.dataDir,
      HOMEROOM_LISTEN: '127.0.0.1',
      HOMEROOM_PORT: '0',
      HOMEROOM_MQTT_PORT: '0',
      HOMEROOM_MQTT_TLS_PORT: '0',
      HOMEROOM_MDNS: 'false',
      HOMEROOM_NODE_RED: 'off',
      HOMEROOM_FIRST_PASSWORD: 'first password',
      ...environment,
    });
    this.#processes.push(started);
    return started;
  }

  /** @returns the process id of the embedded database */
  async databasePid(): Promise<number> {
    const text = await readFile(join(this.dataDir, 'controller/postgres/postmaster.pid'), 'utf8');
    return Number(text.split('\n')[0]);
  }

  async adminToken(): Promise<string> {
    return (await readFile(join(this.dataDir, 'controller/admin-token'), 'utf8')).trim();
  }

  /** End every process of the folder in order; it stays as it is. */
  async stopAll(): Promise<void> {
    await Promise.all(this.#processes.map((started) => started.stop()));
  }

  /** End every process of the folder without a word. */
  async killAll(): Promise<void> {
    await Promise.all(this.#processes.map((started) => started.kill()));
  }

  async [Symbol.asyncDispose]() {
    // The last one stops the database too; after a kill somebody has to adopt it first.
    const last = this.#processes.at(-1);
    if (last?.isKilled) await this.start().untilReady();
    await Promise.all(this.#processes.map((started) => started.stop()));
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** One real controller process. */
export class ControllerProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  isKilled = false;

  constructor(environment: Record<string, string>) {
    const { PATH = '' } = process.env;
    this.child = spawn(process.execPath, [join(root, 'controller/main.ts'), '--announce'], {
      env: { PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (chunk) => {
      this.stdout += chunk;
    });
    this.child.stderr?.on('data', (chunk) => {
      this.stderr += chunk;
    });
  }

  /** @throws with the log when it ends before it serves */
  async untilReady(): Promise<Announced> {
    const line = await waitFor(
      'the announcement',
      () => {
        if (this.#hasEnded) throw new Error(`the controller ended:\n${this.stderr}`);
        return this.stdout.split('\n').find((text) => text.includes('"ready"'));
      },
      startTimeoutMs,
    );
    return JSON.parse(line);
  }

  /** @returns the exit code */
  async untilEnd({ timeoutMs = startTimeoutMs } = {}): Promise<number | null> {
    if (!this.#hasEnded) await once(this.child, 'exit', { signal: AbortSignal.timeout(timeoutMs) });
    return this.child.exitCode;
  }

  /** @returns the exit code after SIGTERM */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.untilEnd();
  }

  async kill(): Promise<void> {
    this.isKilled = true;
    this.child.kill('SIGKILL');
    await this.untilEnd();
  }

  get #hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
}
