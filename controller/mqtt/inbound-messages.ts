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
import type { RelayTopicMessage } from '../fleet/ports.ts';
import { heardOfRelays } from '../power/relay-topics.ts';
import { Listeners } from './listeners.ts';
import { QuietLog } from './quiet-log.ts';
import { tellSafely } from './tell-safely.ts';
import { filterMatches } from './topic-filter.ts';

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

/** A message that was dropped for what it holds. */
export interface DroppedMessage {
  readonly topic: string;
  readonly parsed: ParsedTopic;
  readonly code: string;
}

/** It may be async; what it throws is logged. */
export type InboundListener = (message: InboundMessage) => unknown;

export interface InboundOptions {
  readonly logger: Logger;
  readonly nowMs: () => number;
}

export class InboundMessages {
  /** How many were taken, and how many dropped for each reason. Only grow. */
  readonly counters: { taken: number; dropped: Record<string, number> } = { taken: 0, dropped: {} };
  readonly #options: InboundOptions;
  readonly #listeners = new Set<InboundListener>();
  readonly #dropped = new Listeners<[DroppedMessage]>();
  readonly #relays = new Listeners<[RelayTopicMessage]>();
  readonly #quiet = new QuietLog();

  constructor(options: InboundOptions) {
    this.#options = options;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: InboundListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hear of messages that were dropped for what they hold. @returns a function that ends that */
  onDropped(listener: (dropped: DroppedMessage) => void): () => void {
    return this.#dropped.add(listener);
  }

  /** Hear what stands on topics of other makers' relays. @returns a function that ends that */
  onRelayMessage(listener: (message: RelayTopicMessage) => void): () => void {
    return this.#relays.add(listener);
  }

  /** Take one message as it came from the broker. Never throws. */
  receive(topic: string, payload: Buffer, isReplay: boolean): void {
    // An empty payload is how a retained message is cleared; we did that ourselves.
    if (payload.length === 0) return;
    const parsed = parseTopic(topic);
    if (!parsed && isHeardOfRelays(topic)) {
      this.counters.taken += 1;
      this.#relays.tell({ topic, payload, isReplay });
      return;
    }
    if (!parsed) {
      this.#drop(topic, 'topic_unknown', 'no message travels on this topic');
      return;
    }
    const decoded = decodeMessage(topic, payload);
    if (!decoded.ok) {
      this.#drop(topic, decoded.code, decoded.reason);
      this.#dropped.tell({ topic, parsed, code: decoded.code });
      return;
    }
    this.counters.taken += 1;
    const message = { topic, parsed, kind: messageKindOf(parsed), value: decoded.value, isReplay };
    for (const listener of this.#listeners) this.#tell(listener, message);
  }

  /** A fault in one listener is nobody else's: here it would end the process. */
  #tell(listener: InboundListener, message: InboundMessage): void {
    tellSafely(
      () => listener(message),
      (err) => this.#options.logger.error({ err, topic: message.topic }, 'a message could not be handled'),
    );
  }

  #drop(topic: string, code: string, reason: string): void {
    this.counters.dropped[code] = (this.counters.dropped[code] ?? 0) + 1;
    if (!this.#quiet.isDue(topic, this.#options.nowMs())) return;
    this.#options.logger.warn({ topic, code, reason: reason.slice(0, 500) }, 'a message was dropped');
  }
}

/** @returns whether it is the word of another maker's relay, by its topic */
export function isHeardOfRelays(topic: string): boolean {
  return heardOfRelays.some((filter) => filterMatches(filter, topic));
}
