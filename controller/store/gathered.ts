import { AsyncLocalStorage } from 'node:async_hooks';
import { HomeroomError, toError } from '@homeroom/protocol';

/** A statement's arrays stay small: the one in front of it must not be kept waiting for long. */
const maxBatch = 200;

interface Waiting<K, V> {
  readonly key: K;
  readonly resolve: (value: V) => void;
  readonly reject: (error: Error) => void;
  /** Runs the statement under the limits of whoever asked. */
  readonly inScope: <R>(work: () => R) => R;
}

/**
 * Asks for many what is asked one by one: who comes while a question is on its way is answered with the next one.
 * - Nobody waits for company: a lone question is sent at once.
 * - Nobody gets an old answer: every question is sent after it was asked.
 * - A batch succeeds or fails for everybody in it.
 */
export class Gathered<K, V> {
  readonly #answer: (keys: readonly K[]) => Promise<readonly V[]>;
  #waiting: Waiting<K, V>[] = [];
  #isAsking = false;

  /** @param answer gives a value for each key, in the order of the keys */
  constructor(answer: (keys: readonly K[]) => Promise<readonly V[]>) {
    this.#answer = answer;
  }

  /** @throws what the batch throws */
  ask(key: K): Promise<V> {
    const { promise, resolve, reject } = Promise.withResolvers<V>();
    this.#waiting.push({ key, resolve, reject, inScope: AsyncLocalStorage.snapshot() });
    if (!this.#isAsking) void this.#askAll();
    return promise;
  }

  async #askAll(): Promise<void> {
    this.#isAsking = true;
    // Whoever asks in the same turn belongs to the first batch already.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#askBatch(this.#waiting.splice(0, maxBatch));
    this.#isAsking = false;
  }

  async #askBatch(batch: readonly Waiting<K, V>[]): Promise<void> {
    const inScope = batch[0]?.inScope ?? ((work) => work());
    try {
      const values = await inScope(() => this.#answer(batch.map(({ key }) => key)));
      if (values.length !== batch.length) throw new HomeroomError('internal', 'a batch has lost an answer');
      for (const [index, { resolve }] of batch.entries()) resolve(values[index] as V);
    } catch (caught) {
      for (const { reject } of batch) reject(toError(caught));
    }
  }
}
