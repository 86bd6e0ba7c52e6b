import type { Readable, Writable } from 'node:stream';
import { toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { CdpCommands, CdpEvent, CdpMethod } from './cdp-protocol.ts';
import { NulFrames } from './nul-frames.ts';

const maxPending = 256;
const defaultTimeoutMs = 10_000;

export interface SendOptions {
  /** The page that the command is for; the browser itself without one. */
  readonly sessionId?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * Commands and events over Chromium's debugging pipe. Every command ends: by its answer, its deadline, its
 * signal, or the pipe's end.
 */
export class CdpConnection {
  readonly #clock: Clock;
  readonly #output: Writable;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: CdpEvent) => void>();
  readonly #frames = new NulFrames();
  #lastId = 0;
  #closedBy: Error | undefined;

  constructor(input: Readable, output: Writable, clock: Clock) {
    this.#clock = clock;
    this.#output = output;
    input.on('data', (chunk: Buffer) => this.#receive(chunk));
    for (const stream of [input, output]) {
      stream.on('error', (error) => this.close(error));
      stream.on('close', () => this.close(new Error('the browser closed its debugging pipe')));
    }
  }

  /**
   * @throws when the browser answers with an error, at the deadline, on abort, when the pipe has ended, and when
   *   too many commands wait already
   */
  send<M extends CdpMethod>(
    method: M,
    params: CdpCommands[M]['params'],
    options: SendOptions = {},
  ): Promise<CdpCommands[M]['result']> {
    const { sessionId, signal, timeoutMs = defaultTimeoutMs } = options;
    return new Promise((resolve, reject) => {
      if (this.#closedBy) return reject(this.#closedBy);
      if (signal?.aborted) return reject(toError(signal.reason));
      if (this.#pending.size >= maxPending)
        return reject(new Error(`the browser owes ${maxPending} answers`));
      this.#lastId += 1;
      const id = this.#lastId;
      const settle = (act: () => void) => {
        cancel();
        signal?.removeEventListener('abort', onAbort);
        this.#pending.delete(id);
        act();
      };
      const fail = (error: Error) => settle(() => reject(error));
      const onAbort = () => fail(toError(signal?.reason));
      const cancel = this.#clock.after(timeoutMs, () =>
        fail(new Error(`${method}: no answer in ${timeoutMs} ms`)),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, {
        // The browser is our own child and answers as its protocol says; checking each answer would double it.
        resolve: (result) => settle(() => resolve(result as CdpCommands[M]['result'])),
        reject: (error) => fail(new Error(`${method}: ${error.message}`, { cause: error })),
      });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** @returns a function that ends the subscription */
  onEvent(listener: (event: CdpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Give up: everything that waits fails with `reason`. */
  close(reason: Error): void {
    if (this.#closedBy) return;
    this.#closedBy = reason;
    for (const { reject } of [...this.#pending.values()]) reject(reason);
    this.#listeners.clear();
    this.#output.destroy();
  }

  #receive(chunk: Buffer): void {
    try {
      for (const text of this.#frames.push(chunk)) this.#dispatch(JSON.parse(text));
    } catch (error) {
      this.close(toError(error));
    }
  }

  #dispatch(message: Incoming): void {
    if (message.id === undefined) {
      // Names that CdpEvents does not know match no listener's case.
      for (const listener of this.#listeners) listener(message as CdpEvent);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (message.error) pending?.reject(new Error(message.error.message));
    else pending?.resolve(message.result);
  }
}
