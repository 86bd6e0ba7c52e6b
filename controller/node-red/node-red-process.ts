import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

/** One run of Node-RED. */
export interface Run {
  /** The program, `flows/main.js`. */
  readonly script: string;
  readonly environment: NodeJS.ProcessEnv;
}

export interface RunListener {
  /** It answers from now on. */
  ready(): void;
  /** Its flows run: from the start, or since they were deployed. */
  flows(): void;
  /** It goes round, and uses so much. */
  alive(rssBytes: number): void;
  line(text: string): void;
  /** It is gone, with all that it had started. Told once. */
  ended(how: string): void;
}

/** Flows are small; what grows beyond this is a fault in one, and ends this process rather than the machine. */
const maxHeapMiB = 192;
const message = v.object({ event: v.picklist(['ready', 'flows', 'alive']), rssBytes: v.number() });

/** A process of Node-RED, as the leader of a group of its own. What it starts ends with it. */
export class NodeRedProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static start({ script, environment }: Run, listener: RunListener): NodeRedProcess {
    const child = spawn(process.execPath, [`--max-old-space-size=${maxHeapMiB}`, script], {
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => listener.line(line));
    }
    child.on('message', (told) => tell(told, listener));
    const ending = Promise.withResolvers<string>();
    child.once('error', (error) => ending.resolve(error.message));
    child.once('exit', (code, signal) => ending.resolve(signal ?? `code ${code}`));
    const started = new NodeRedProcess(child);
    void ending.promise.then((how) => {
      started.kill();
      listener.ended(how);
    });
    return started;
  }

  /** Undefined when the process could not be made. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ask it to end, wait, then kill what is left. */
  async stop(graceMs: number): Promise<void> {
    const child = this.#child;
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      // When the grace is over, what is left is killed below all the same.
      await once(child, 'exit', { signal: AbortSignal.timeout(graceMs) }).catch(() => undefined);
    }
    this.kill();
  }

  /** End it and what it started, at once. */
  kill(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // ESRCH: all of them have ended, which is what was wanted.
    }
  }
}

function tell(told: unknown, listener: RunListener): void {
  const parsed = v.safeParse(message, told);
  if (!parsed.success) return;
  if (parsed.output.event === 'ready') listener.ready();
  if (parsed.output.event === 'flows') listener.flows();
  listener.alive(parsed.output.rssBytes);
}
