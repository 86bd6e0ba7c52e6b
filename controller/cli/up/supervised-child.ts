import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { signalGroup } from './end-group.ts';
import { countEnds, restartDelayMs } from './restart-policy.ts';

const cutTimeoutMs = 5_000;

/** A program that `homeroom up` keeps running. */
export interface ChildSpec {
  readonly name: string;
  /** Arguments of Node: the script and its own. No secrets: everybody may read them. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** It may end by exit code 0 and is left so then: the machine that it plays was shut down. */
  readonly mayEnd?: boolean;
}

/** What a child does, told to its owner. */
export interface ChildListener {
  started(name: string, pid: number): void;
  /** A line on its standard output, which then stays out of the log. */
  line?(line: string): void;
  /** It ended as it may; see {@link ChildSpec.mayEnd}. */
  endedWell?(name: string): void;
  /** It ended by itself. `restartInMs` is undefined when it is left so. */
  ended(name: string, how: string, restartInMs: number | undefined): void;
}

/**
 * Keeps one program running: starts it as the leader of a process group of its own (so the terminal's Ctrl-C
 * reaches `up` alone), appends what it says to its log, and starts it again when it ends by itself, later each time.
 *
 * Invariant: at most one process of the program at a time; after {@link stop} or {@link kill} there is none and none will start.
 */
export class SupervisedChild {
  readonly spec: ChildSpec;
  readonly #listener: ChildListener;
  #process: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #endsInARow = 0;
  #isStopping = false;

  constructor(spec: ChildSpec, listener: ChildListener) {
    this.spec = spec;
    this.#listener = listener;
  }

  /** Start the program. Call it once. */
  start(): void {
    const { name, args, env, logFile } = this.spec;
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(process.execPath, args, {
      env,
      detached: true,
      stdio: ['ignore', this.#listener.line ? 'pipe' : log, log],
    });
    closeSync(log);
    const startedAtMs = performance.now();
    this.#process = child;
    if (child.pid !== undefined) this.#listener.started(name, child.pid);
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => this.#listener.line?.(line));
    child.once('error', (error) => this.#afterEnd(error.message, startedAtMs));
    child.once('exit', (code, signal) => {
      if (code === 0 && this.spec.mayEnd) this.#leave();
      else this.#afterEnd(signal ?? `code ${code}`, startedAtMs);
    });
  }

  /** Start it no more when it ends; what is left is for {@link stop} to end. */
  retire(): void {
    this.#isStopping = true;
    clearTimeout(this.#timer);
  }

  /**
   * Ask the program to end, wait, then kill what is left of its process group. May be repeated.
   *
   * @param graceMs how long it may take to end by itself
   */
  async stop(graceMs: number): Promise<void> {
    this.retire();
    const child = this.#process;
    if (!child?.pid) return;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      // When the grace is over, what is left is killed below all the same.
      await once(child, 'exit', { signal: AbortSignal.timeout(graceMs) }).catch(() => undefined);
    }
    this.kill();
  }

  /** Kill the program and its process group at once. */
  kill(): void {
    this.retire();
    if (this.#process?.pid) signalGroup(this.#process.pid, 'SIGKILL');
  }

  /** As {@link kill}; resolves when the program itself has gone. */
  async cut(): Promise<void> {
    const child = this.#process;
    this.kill();
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    // A killed process that does not go hangs in the kernel: nothing more can be done about it.
    await once(child, 'exit', { signal: AbortSignal.timeout(cutTimeoutMs) }).catch(() => undefined);
  }

  #leave(): void {
    if (this.#isStopping) return;
    this.kill();
    this.#listener.endedWell?.(this.spec.name);
  }

  #afterEnd(how: string, startedAtMs: number): void {
    if (this.#isStopping) return;
    this.#process = undefined;
    this.#endsInARow = countEnds(this.#endsInARow, performance.now() - startedAtMs);
    const delayMs = restartDelayMs(this.#endsInARow);
    this.#listener.ended(this.spec.name, how, delayMs);
    if (delayMs !== undefined && !this.#isStopping) this.#timer = setTimeout(() => this.start(), delayMs);
  }
}
