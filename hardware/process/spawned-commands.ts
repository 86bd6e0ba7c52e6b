import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type {
  CommandOutcome,
  CommandRunner,
  HeldProcess,
  HoldOptions,
  RunOptions,
} from './command-runner.ts';
import { LineSplitter } from './line-splitter.ts';

/** More than any tool here says in one run; `cec-ctl` with a full topology says 20 KiB. */
const maxOutputBytes = 256 * 1024;
const graceMs = 2_000;
const maxLastWords = 200;

type Environment = Readonly<Record<string, string | undefined>>;

/** The command runner of this machine. */
export class SpawnedCommands implements CommandRunner {
  readonly #environment: Environment;
  readonly #clock: Clock;

  /** @param environment what the programs get; `PATH` of it is searched */
  constructor(environment: Environment, clock: Clock) {
    // The parsers read the words of the untranslated programs.
    this.#environment = { ...environment, LC_ALL: 'C' };
    this.#clock = clock;
  }

  async has(file: string): Promise<boolean> {
    const folders = (this.#environment.PATH ?? '/usr/bin:/bin').split(delimiter);
    for (const folder of folders) {
      try {
        await access(join(folder, file), constants.X_OK);
        return true;
      } catch {
        // Not in this folder: look in the next.
      }
    }
    return false;
  }

  async run(
    file: string,
    args: readonly string[],
    { timeoutMs, signal }: RunOptions,
  ): Promise<CommandOutcome> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const child = spawn(file, args, { env: this.#environment, stdio: ['ignore', 'pipe', 'pipe'] });
      let why: 'deadline' | 'too-much-output' | 'signal' = 'signal';
      const kill = (reason: typeof why) => {
        why = reason;
        killWithPipes(child);
      };
      const output = collectOutput(child, () => kill('too-much-output'));
      const cancelDeadline = this.#clock.after(timeoutMs, () => kill('deadline'));
      const onAbort = () => kill('signal');
      signal?.addEventListener('abort', onAbort, { once: true });
      const settle = (finish: () => void) => {
        cancelDeadline();
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      child.once('error', ({ message }) => settle(() => resolve({ kind: 'not-started', reason: message })));
      child.once('close', (exitCode) =>
        settle(() => {
          if (signal?.aborted) reject(signal.reason);
          else if (exitCode === null) resolve({ kind: 'killed', why, ...output() });
          else resolve({ kind: 'exited', exitCode, ...output() });
        }),
      );
    });
  }

  hold(file: string, args: readonly string[], { onLine }: HoldOptions = {}): HeldProcess {
    // With `setpriv` the kernel ends the child when this process dies, even by SIGKILL: an orphan
    // would keep a relay's line or a CEC device for itself.
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', file, ...args], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = new LineSplitter(onLine ?? (() => undefined));
    let lastWords = '';
    child.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString('utf8')).slice(-maxLastWords);
    });
    const exited = new Promise<{ reason: string }>((resolve) => {
      child.once('error', (error) => resolve({ reason: toError(error).message }));
      child.once('close', (code, signal) =>
        resolve({ reason: lastWords.trim() || `${file} ended with ${signal ?? code}` }),
      );
    });
    return { exited, stop: () => this.#stop(child, exited) };
  }

  async #stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
    child.kill('SIGTERM');
    const cancel = this.#clock.after(graceMs, () => killWithPipes(child));
    await exited;
    cancel();
  }
}

/** @returns a function that tells what the program has said; `onOverflow` is called when it says too much. */
function collectOutput(
  child: ChildProcessByStdio<null, Readable, Readable>,
  onOverflow: () => void,
): () => { stdout: string; stderr: string } {
  const said = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let bytes = 0;
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > maxOutputBytes) onOverflow();
      else said[stream].push(chunk);
    });
  return () => ({ stdout: textOf(said.stdout), stderr: textOf(said.stderr) });
}

/** Its pipes go too: a grandchild that keeps them open must not keep us waiting for `close`. */
function killWithPipes(child: ChildProcess): void {
  child.kill('SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
