/**
 * Messages as they reach the controller: checked once, counted by what was wrong with them, and handed on
 * by kind. A wrong one is dropped with a reason in the log, once a minute for each topic at most.
 */
import {
  decodeMessage,
  type MessageKind,
  messageKindOf,
  type ParsedTopic,
  parseTopic,
} from '@homeroom/protocol';
import type { Logger } from 'pino';

/** A message that passed its schema. */
export interface InboundMessage {
  readonly topic: string;
  readonly parsed: ParsedTopic;
  readonly kind: MessageKind;
  /** As the schema of its kind types it. */
  readonly value: unknown;
  /** Whether the broker replayed it from its retained messages. */
  readonly isReplay: boolean;
}

export type InboundListener = (message: InboundMessage) => void;

export interface InboundOptions {
  readonly logger: Logger;
  readonly nowMs: () => number;
}

const quietMs = 60_000;
const maxQuietTopics = 10_000;

export class InboundMessages {
  /** How many were taken, and how many dropped for each reason. Only grow. */
  readonly counters: { taken: number; dropped: Record<string, number> } = { taken: 0, dropped: {} };
  readonly #options: InboundOptions;
  readonly #listeners = new Set<InboundListener>();
  readonly #quietUntilMs = new Map<string, number>();

  constructor(options: InboundOptions) {
    this.#options = options;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: InboundListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Take one message as it came from the broker. Never throws. */
  receive(topic: string, payload: Buffer, isReplay: boolean): void {
    // An empty payload is how a retained message is cleared; we did that ourselves.
    if (payload.length === 0) return;
    const parsed = parseTopic(topic);
    if (!parsed) {
      this.#drop(topic, 'topic_unknown', 'no message travels on this topic');
      return;
    }
    const decoded = decodeMessage(topic, payload);
    if (!decoded.ok) {
      this.#drop(topic, decoded.code, decoded.reason);
      return;
    }
    this.counters.taken += 1;
    const message = { topic, parsed, kind: messageKindOf(parsed), value: decoded.value, isReplay };
    for (const listener of this.#listeners) listener(message);
  }

  #drop(topic: string, code: string, reason: string): void {
    this.counters.dropped[code] = (this.counters.dropped[code] ?? 0) + 1;
    const nowMs = this.#options.nowMs();
    if ((this.#quietUntilMs.get(topic) ?? 0) > nowMs) return;
    if (this.#quietUntilMs.size >= maxQuietTopics) this.#quietUntilMs.clear();
    this.#quietUntilMs.set(topic, nowMs + quietMs);
    this.#options.logger.warn({ topic, code, reason: reason.slice(0, 500) }, 'a message was dropped');
  }
}
