import type { RunningHomeroom } from './running-homeroom.ts';

/** What pages hear of relays, by the live events of the API. */
export class RelayEvents implements AsyncDisposable {
  readonly #connection = new AbortController();
  #heard = 0;
  #taken = 0;
  #wake: () => void = () => undefined;

  /** @returns once it hears */
  static async listen(homeroom: RunningHomeroom): Promise<RelayEvents> {
    const events = new RelayEvents();
    const { signal } = events.#connection;
    const response = await fetch(`${homeroom.origin}/api/v1/events`, { headers: homeroom.headers, signal });
    if (!response.ok || !response.body) throw new Error(`no live events: ${response.status}`);
    void events.#read(response.body).catch((caught: unknown) => {
      if (!signal.aborted) throw caught;
    });
    return events;
  }

  /** Resolves with the next change of a relay, at once when one came since it was last asked. */
  async next(): Promise<void> {
    if (this.#taken === this.#heard) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#taken = this.#heard;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      if (!decoder.decode(chunk, { stream: true }).includes('"kind":"relay"')) continue;
      this.#heard += 1;
      this.#wake();
    }
  }
}
