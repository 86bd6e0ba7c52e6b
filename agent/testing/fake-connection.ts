import { HomeroomError } from '@homeroom/protocol/wire';
import type { Connection, Incoming, PublishOptions } from '../link/connection.ts';

export interface Published extends PublishOptions {
  readonly topic: string;
  readonly payload: unknown;
}

/** A connection for tests: publishes into an array, and breaks when it is told to. */
export class FakeConnection implements Connection {
  readonly serverPin = undefined;
  readonly published: Published[] = [];
  readonly subscribed: string[] = [];
  isOpen = true;
  /** Called with each publish; may throw. */
  onPublish: (published: Published) => void = () => undefined;
  readonly #messageListeners: ((message: Incoming) => void)[] = [];
  readonly #closed = Promise.withResolvers<void>();

  async publish(topic: string, payload: string, options: PublishOptions): Promise<void> {
    if (!this.isOpen) throw new HomeroomError('broker_unavailable');
    const published = { topic, payload: JSON.parse(payload), ...options };
    this.onPublish(published);
    this.published.push(published);
  }

  async subscribe(topics: readonly string[]): Promise<void> {
    this.subscribed.push(...topics);
  }

  onMessage(listener: (message: Incoming) => void): void {
    this.#messageListeners.push(listener);
  }

  onClose(listener: () => void): void {
    void this.#closed.promise.then(listener);
  }

  async end(): Promise<void> {
    this.break();
  }

  break(): void {
    this.isOpen = false;
    this.#closed.resolve();
  }

  /** Play the broker. */
  deliver(topic: string, payload: unknown, isRetained = false): void {
    const bytes = new TextEncoder().encode(JSON.stringify(payload));
    for (const listener of this.#messageListeners) listener({ topic, payload: bytes, isRetained });
  }

  /** @returns the payloads published to topics that end in `leaf`, oldest first. */
  on(leaf: string): unknown[] {
    return this.published.filter(({ topic }) => topic.endsWith(`/${leaf}`)).map(({ payload }) => payload);
  }
}
