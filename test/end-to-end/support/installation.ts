import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { Api } from './api.ts';
import { type FoundProcess, findProcesses, killProcesses } from './found-processes.ts';
import { choosePorts, type Ports } from './ports.ts';

const root = resolve(import.meta.dirname, '../../..');
/** A slow machine makes a database, and starts browsers, while others use it too. */
const startTimeoutMs = 120_000;
const endTimeoutMs = 45_000;

export interface InstallationOptions {
  /** Simulated seats, each with a real browser. */
  readonly seats?: number;
  /** Further options of `homeroom up`. */
  readonly options?: readonly string[];
}

/** A whole Homeroom in a folder of its own, as `npm start` runs it. */
export class Installation {
  readonly dataDir: string;
  readonly ports: Ports;
  readonly #options: InstallationOptions;
  #up: ChildProcess | undefined;
  #told = '';

  private constructor(dataDir: string, ports: Ports, options: InstallationOptions) {
    this.dataDir = dataDir;
    this.ports = ports;
    this.#options = options;
  }

  /** Make an empty folder and choose free ports; nothing is started. */
  static async prepare(options: InstallationOptions = {}): Promise<Installation> {
    const dataDir = await mkdtemp(join(tmpdir(), 'homeroom-end-to-end-'));
    // Desktops run as users of their own, who walk through it to their homes.
    await chmod(dataDir, 0o711);
    return new Installation(dataDir, await choosePorts(), options);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  /** What the last `up` has printed. */
  get told(): string {
    return this.#told;
  }

  /** @returns the password that this start showed; undefined for an account that it did not make */
  passwordOf(username: string): string | undefined {
    return new RegExp(`^ +(?:Accounts +)?${username} +(\\S+)$`, 'm').exec(this.#told)?.[1];
  }

  /** @returns the admin's bearer token that the controller keeps for its own machine */
  async adminToken(): Promise<string> {
    return (await readFile(join(this.dataDir, 'controller/admin-token'), 'utf8')).trim();
  }

  /** The API as the admin, by the token that the controller keeps for its own machine. */
  async asAdmin(): Promise<Api> {
    return new Api(this.origin, { authorization: `Bearer ${await this.adminToken()}` });
  }

  /** Run `homeroom up` and wait until everything that it starts is connected. */
  async start(): Promise<void> {
    this.launch();
    await this.untilTold(/Connected: .*\n/);
  }

  /** Run `homeroom up`; it may be about to fail. */
  launch(environment: Readonly<Record<string, string>> = {}): void {
    const { PATH = '', HOME = '/' } = process.env;
    const { seats = 0, options = [] } = this.#options;
    const { http, mqtt, mqttTls } = this.ports;
    const args = [
      join(root, 'controller/cli/up/main.ts'),
      ...['--data', this.dataDir, '--seats', String(seats)],
      ...['--port', String(http), '--mqtt-port', String(mqtt), '--mqtt-tls-port', String(mqttTls)],
      ...options,
    ];
    this.#told = '';
    this.#up = spawn(process.execPath, args, {
      env: {
        PATH,
        HOME,
        HOMEROOM_LISTEN: '127.0.0.1',
        HOMEROOM_MDNS: 'false',
        HOMEROOM_NODE_RED: 'off',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const listen = (chunk: Buffer) => {
      this.#told += chunk.toString();
    };
    this.#up.stdout?.on('data', listen);
    this.#up.stderr?.on('data', listen);
  }

  /** @throws with everything it said when `up` ends before it says so */
  async untilTold(words: RegExp): Promise<void> {
    await waitFor(
      `\`up\` tells ${words}`,
      () => {
        if (words.test(this.#told)) return true;
        if (this.#hasEnded) throw new Error(`\`up\` has ended:\n${this.#told}`);
        return false;
      },
      startTimeoutMs,
    );
  }

  /** As Ctrl-C does. @returns the exit code */
  async interrupt(): Promise<number | null> {
    this.#up?.kill('SIGINT');
    return this.untilEnd();
  }

  /** `up` itself dies without a word; what it has started goes on. */
  async kill(): Promise<void> {
    this.#up?.kill('SIGKILL');
    await this.untilEnd();
  }

  /** @returns the exit code of `up`, after it has ended */
  async untilEnd(): Promise<number | null> {
    const up = this.#up;
    if (!up) return null;
    if (!this.#hasEnded) await once(up, 'exit', { signal: AbortSignal.timeout(endTimeoutMs) });
    return up.exitCode;
  }

  /** @returns every process that belongs to this installation, desktops and browsers included */
  processes(): Promise<FoundProcess[]> {
    return findProcesses(this.dataDir, [this.#up?.pid ?? 0]);
  }

  /**
   * Wait until a process is there.
   *
   * @param words of its command line
   */
  untilProcess(words: string): Promise<FoundProcess> {
    return waitFor(
      `a process ${words}`,
      async () => (await this.processes()).find(({ command }) => command.includes(words)),
      startTimeoutMs,
    );
  }

  /**
   * End it and take its folder away.
   *
   * @throws with the processes that it left behind; they are ended all the same
   */
  async remove(): Promise<void> {
    await this.interrupt().catch(() => this.#up?.kill('SIGKILL'));
    const left = await this.processes();
    await killProcesses(left);
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    if (left.length > 0) throw new Error(`left behind:\n${left.map(({ command }) => command).join('\n')}`);
  }

  get #hasEnded(): boolean {
    return this.#up !== undefined && (this.#up.exitCode !== null || this.#up.signalCode !== null);
  }
}

/** One installation for all tests of a file: started before the first, ended after the last. */
export function setUpInstallation(options: InstallationOptions): { readonly it: Installation } {
  let installation: Installation | undefined;
  beforeAll(async () => {
    installation = await Installation.prepare(options);
    await installation.start();
  });
  afterAll(() => installation?.remove());
  return {
    get it() {
      if (!installation) throw new Error('the installation is not started yet');
      return installation;
    },
  };
}
