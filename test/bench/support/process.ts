import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const endTimeoutMs = 15_000;

/** A program that a bench started; it is ended, and its end awaited, with the bench. */
export class BenchProcess implements AsyncDisposable {
  readonly child: ChildProcess;

  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    this.child = spawn(command, args, options);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { child } = this;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    if ((await Promise.race([ended, sleep(endTimeoutMs, 'late', { ref: false })])) !== 'late') return;
    child.kill('SIGKILL');
    await ended;
  }
}
