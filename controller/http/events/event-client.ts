import type { ServerResponse } from 'node:http';
import type { Change } from '@homeroom/protocol';

/** A client that is slower than this loses its connection; it fetches everything when it comes back. */
const maxPending = 1_000;

/**
 * One page that listens. Changes that come while the connection is full are kept as a set (twice
 * the same change is one "look again") and sent when it drains, so memory is bounded.
 */
export class EventClient {
  readonly #response: ServerResponse;
  readonly #pending = new Map<string, Change>();
  #isFull = false;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** Send the head of the answer, and the first bytes, so that the page knows that it is connected. */
  open(): void {
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Reverse proxies such as nginx would hold the events back.
      'x-accel-buffering': 'no',
    });
    this.#response.on('drain', () => this.#flush());
    this.#response.on('error', () => this.close());
    this.#write('retry: 2000\n\n');
  }

  send(change: Change): void {
    if (this.#isFull) this.#keep(change);
    else this.#write(`event: change\ndata: ${JSON.stringify({ kind: change.kind, id: change.id })}\n\n`);
  }

  /** A comment: keeps proxies from closing, and finds dead connections. */
  ping(): void {
    if (!this.#isFull) this.#write(': ping\n\n');
  }

  close(): void {
    this.#response.destroy();
  }

  /** End it politely; the page connects again. */
  end(): void {
    this.#response.end();
  }

  #write(text: string): void {
    if (!this.#response.writableEnded) this.#isFull = !this.#response.write(text);
  }

  #keep(change: Change): void {
    this.#pending.set(`${change.kind} ${change.id}`, change);
    if (this.#pending.size > maxPending) this.close();
  }

  #flush(): void {
    this.#isFull = false;
    const changes = [...this.#pending.values()];
    this.#pending.clear();
    for (const change of changes) this.send(change);
  }
}
