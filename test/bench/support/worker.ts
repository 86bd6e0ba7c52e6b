import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Handlers, Question } from './serve-parent.ts';

const endTimeoutMs = 10_000;

/** A program of a bench in a process of its own, so that its work is not counted as somebody else's. */
export class Worker<H extends Handlers> implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  /** @param url the program; it calls `serveParent`. @param execArgv options for its Node */
  constructor(url: URL, execArgv: readonly string[] = []) {
    // What the bench prints on its standard output is its result; a worker has none.
    this.#child = fork(url, { execArgv: [...execArgv], stdio: ['ignore', 2, 2, 'ipc'] });
    this.#child.on('message', (answer: Answer) => this.#settle(answer));
    this.#child.once('exit', (code) => {
      for (const waiting of this.#waiting.values()) waiting.reject(new Error(`a worker ended with ${code}`));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Ask it something. @throws what it threw, or that it ended */
  async call<N extends keyof H & string>(
    name: N,
    argument: Parameters<H[N]>[0],
  ): Promise<Awaited<ReturnType<H[N]>>> {
    this.#lastId += 1;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(this.#lastId, waiting);
    const question: Question = { id: this.#lastId, name, argument };
    this.#child.send(question);
    return (await waiting.promise) as Awaited<ReturnType<H[N]>>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    const late = sleep(endTimeoutMs, 'late', { ref: false });
    if ((await Promise.race([ended, late])) !== 'late') return;
    this.#child.kill('SIGKILL');
    await ended;
  }

  #settle({ id, value, fault }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (fault === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(fault));
  }
}
