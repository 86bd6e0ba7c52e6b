/**
 * Keeps Node-RED running, and itself apart from it. Rules:
 * - at most one process at a time; after `stop` there is none and none will start;
 * - whatever the process does, nothing here throws: Node-RED is never a reason for the controller to end;
 * - a process that says nothing for a while hangs in a flow, and is killed;
 * - one that ends again and again is started with its flows stopped, so that somebody can mend them.
 */
import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { NodeRedProcess, type Run } from './node-red-process.ts';
import type { NodeRedState } from './node-red-state.ts';
import { countEnds, planRestart } from './restart-plan.ts';
import { readSaidLine } from './said-line.ts';

/** It tells that it lives every five seconds; the first start on a Pi takes its time. */
const silentTimeoutMs = 30_000;
const startTimeoutMs = 90_000;
const stopGraceMs = 6_000;
const mebibyte = 1024 * 1024;

export interface NodeRedOptions {
  readonly script: string;
  /** Makes what a run needs, each time anew. @throws when a file cannot be written */
  readonly prepare: () => Promise<NodeJS.ProcessEnv>;
  readonly logger: Logger;
}

export class NodeRed {
  readonly #options: NodeRedOptions;
  #process: NodeRedProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #isStopping = false;
  #endsInARow = 0;
  #starting: Promise<void> = Promise.resolve();
  #state: NodeRedState = { phase: 'stopped', reason: null, ends: 0, memoryMiB: null };

  constructor(options: NodeRedOptions) {
    this.#options = options;
  }

  get state(): NodeRedState {
    return this.#state;
  }

  /** Of the process that runs now. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Begin to start it; nobody waits for that. Call it once. */
  start(): void {
    this.#begin(false);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#watchdog);
    await this.#starting;
    await this.#process?.stop(stopGraceMs);
    this.#say({ phase: 'stopped', reason: null, memoryMiB: null });
  }

  #begin(isSafe: boolean): void {
    this.#starting = this.#launch(isSafe).catch((caught: unknown) => {
      const { message } = toError(caught);
      this.#options.logger.error({ err: toError(caught) }, 'Node-RED could not be started');
      this.#ended(message, performance.now());
    });
  }

  async #launch(isSafe: boolean): Promise<void> {
    this.#say({ phase: 'starting', memoryMiB: null });
    const { script, prepare } = this.#options;
    const environment = await prepare();
    if (this.#isStopping) return;
    const run: Run = { script, environment: { ...environment, HOMEROOM_NODE_RED_SAFE: isSafe ? '1' : '' } };
    const startedAtMs = performance.now();
    this.#expectWord(startTimeoutMs);
    this.#process = NodeRedProcess.start(run, {
      ready: () => this.#ready(isSafe),
      flows: () => this.#flowsRun(),
      alive: (rssBytes) => this.#alive(rssBytes),
      line: (line) => this.#hear(line),
      ended: (how) => this.#ended(how, startedAtMs),
    });
  }

  #hear(line: string): void {
    const said = readSaidLine(line);
    if (said) this.#options.logger[said.level]({ line: said.text }, 'Node-RED says');
  }

  #ready(isSafe: boolean): void {
    const reason = isSafe
      ? 'it ended again and again; its flows are stopped until somebody mends and deploys them'
      : null;
    this.#say({ phase: isSafe ? 'safe' : 'running', reason });
    this.#options.logger.info({ isSafe, pid: this.pid }, 'Node-RED answers');
  }

  /** Those that were stopped were mended. */
  #flowsRun(): void {
    if (this.#state.phase === 'safe') this.#say({ phase: 'running', reason: null });
  }

  #alive(rssBytes: number): void {
    this.#say({ memoryMiB: Math.round(rssBytes / mebibyte) });
    this.#expectWord(silentTimeoutMs);
  }

  #expectWord(withinMs: number): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      this.#options.logger.error({ withinMs }, 'Node-RED says nothing any more and is ended');
      this.#process?.kill();
    }, withinMs);
    this.#watchdog.unref();
  }

  #ended(how: string, startedAtMs: number): void {
    clearTimeout(this.#watchdog);
    this.#process = undefined;
    if (this.#isStopping) return;
    this.#endsInARow = countEnds(this.#endsInARow, performance.now() - startedAtMs);
    const { delayMs, isSafe } = planRestart(this.#endsInARow);
    const ends = this.#state.ends + 1;
    this.#say({ phase: 'waiting', reason: `it ended (${how})`, ends, memoryMiB: null });
    this.#options.logger.warn({ how, delayMs, isSafe, ends }, 'Node-RED ended and starts again');
    this.#timer = setTimeout(() => this.#begin(isSafe), delayMs);
  }

  #say(change: Partial<NodeRedState>): void {
    this.#state = { ...this.#state, ...change };
  }
}
