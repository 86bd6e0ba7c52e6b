import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { toError } from '@homeroom/protocol/wire';
import { type Clock, sleep } from '../clock.ts';
import { readProcess } from '../process-table.ts';
import { endBrowserProcesses, endLeftBrowser, noteBrowser } from './browser-leftovers.ts';
import { CdpConnection } from './cdp-connection.ts';

const closeMs = 2_000;
const wordsLength = 2_000;
const reasonLength = 180;

export interface BrowserOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly profileDir: string;
  /** Where its process number is noted for the next run. */
  readonly noteFile: string;
  readonly clock: Clock;
}

/** One run of Chromium as our child, and the pipe to it. */
export class Browser {
  readonly connection: CdpConnection;
  /** Resolves with the browser's last words when it has ended, however that came. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #pid: number;
  readonly #clock: Clock;

  private constructor(child: ChildProcess, pid: number, clock: Clock) {
    const [, , stderr, toBrowser, fromBrowser] = child.stdio;
    if (!(toBrowser instanceof Writable && fromBrowser instanceof Readable && stderr instanceof Readable)) {
      throw new TypeError('the browser was started without its pipes');
    }
    this.#child = child;
    this.#pid = pid;
    this.#clock = clock;
    this.connection = new CdpConnection(fromBrowser, toBrowser, clock);
    this.ended = lastWordsAtEnd(child, stderr);
    void this.ended.then((reason) => this.connection.close(new Error(reason)));
  }

  /**
   * Start it, after whatever an earlier run left has been ended.
   *
   * @throws when the program cannot be started
   */
  static async start(options: BrowserOptions): Promise<Browser> {
    const { clock, noteFile, profileDir } = options;
    await endLeftBrowser(noteFile, profileDir, clock);
    const child = spawn(options.program, options.args, {
      env: options.environment,
      // A group of its own, so that the whole of it can be ended.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    await once(child, 'spawn');
    const row = child.pid === undefined ? undefined : await readProcess(child.pid);
    if (!row) throw new Error('the browser ended at once');
    await noteBrowser(noteFile, { pid: row.pid, startTicks: row.startTicks });
    return new Browser(child, row.pid, clock);
  }

  /** Ask it to close, so that it saves its profile; then end every process of it. */
  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.connection.send('Browser.close', {}, { timeoutMs: closeMs }).catch(() => undefined);
      await Promise.race([this.ended, sleep(this.#clock, closeMs)]);
    }
    const rest = await endBrowserProcesses(this.#pid, this.#clock);
    if (rest.length > 0) throw new Error(`${rest.length} processes of the browser do not end`);
  }
}

function lastWordsAtEnd(child: ChildProcess, stderr: Readable): Promise<string> {
  let words = '';
  stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-wordsLength);
  });
  stderr.on('error', (error) => {
    words += toError(error).message;
  });
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      const line = words.trim().split('\n').at(-1) ?? '';
      const how = signal ? `ended by ${signal}` : `ended with status ${code}`;
      resolve(`${how}${line && `: ${line}`}`.slice(0, reasonLength));
    });
  });
}
