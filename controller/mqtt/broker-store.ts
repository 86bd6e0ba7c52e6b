/**
 * What the embedded broker remembers, behind aedes' persistence port. Every session is clean (the broker
 * forces it), so there are no stored subscriptions and no offline queues that could grow without end:
 * what is left is retained messages, wills, and the QoS 2 messages on their way in.
 */
import { Readable } from 'node:stream';
import { RetainedMessages } from './retained-messages.ts';

/** The part of aedes' packets that is used here. */
export interface StoredPacket {
  readonly topic: string;
  readonly payload: Buffer | string;
  readonly messageId?: number;
}

interface Named {
  readonly id: string;
}

/** aedes calls these by name; where it asks about stored sessions, there are none. */
export class BrokerStore {
  readonly #retained = new RetainedMessages<StoredPacket>();
  readonly #wills = new Map<string, StoredPacket>();
  readonly #incoming = new Map<string, Map<number | undefined, StoredPacket>>();
  #brokerId = '';

  get retainedCount(): number {
    return this.#retained.size;
  }

  async setup(broker: Named): Promise<void> {
    this.#brokerId = broker.id;
  }

  async storeRetained(packet: StoredPacket): Promise<void> {
    // An empty payload clears ([MQTT-3.3.1-10]).
    if (packet.payload.length === 0) this.#retained.delete(packet.topic);
    else this.#retained.set(packet.topic, { ...packet });
  }

  createRetainedStream(filter: string): Readable {
    return this.createRetainedStreamCombi([filter]);
  }

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    return streamOf(filters.flatMap((filter) => this.#retained.select(filter)));
  }

  async putWill(client: Named, packet: StoredPacket): Promise<void> {
    this.#wills.set(client.id, Object.assign(packet, { brokerId: this.#brokerId, clientId: client.id }));
  }

  async getWill(client: Named): Promise<StoredPacket | undefined> {
    return this.#wills.get(client.id);
  }

  async delWill(client: Named): Promise<StoredPacket | undefined> {
    const will = this.#wills.get(client.id);
    this.#wills.delete(client.id);
    return will;
  }

  /** Wills of brokers that died; there is one broker, so none. */
  streamWill(): Readable {
    return streamOf([]);
  }

  async incomingStorePacket(client: Named, packet: StoredPacket): Promise<void> {
    const stored = this.#incoming.get(client.id) ?? new Map<number | undefined, StoredPacket>();
    stored.set(packet.messageId, packet);
    this.#incoming.set(client.id, stored);
  }

  /** Throws when there is none: aedes' way of asking. */
  async incomingGetPacket(client: Named, packet: StoredPacket): Promise<StoredPacket> {
    const stored = this.#incoming.get(client.id)?.get(packet.messageId);
    if (!stored) throw new Error('no such packet');
    return stored;
  }

  async incomingDelPacket(client: Named, packet: StoredPacket): Promise<void> {
    if (!this.#incoming.get(client.id)?.delete(packet.messageId)) throw new Error('no such packet');
  }

  async cleanIncoming(client: Named): Promise<void> {
    this.#incoming.delete(client.id);
  }

  async addSubscriptions(): Promise<void> {
    throw new Error('a session that is not clean reached the store');
  }

  async removeSubscriptions(): Promise<void> {
    // None are stored.
  }

  async cleanSubscriptions(): Promise<void> {
    // None are stored.
  }

  async subscriptionsByClient(): Promise<never[]> {
    return [];
  }

  async subscriptionsByTopic(): Promise<never[]> {
    return [];
  }

  async countOffline(): Promise<{ subsCount: number; clientsCount: number }> {
    return { subsCount: 0, clientsCount: 0 };
  }

  async outgoingEnqueue(): Promise<void> {
    // A clean session has no queue.
  }

  async outgoingEnqueueCombi(): Promise<void> {
    // A clean session has no queue.
  }

  async outgoingUpdate(): Promise<void> {
    // A clean session has no queue.
  }

  async outgoingClearMessageId(): Promise<undefined> {
    return undefined;
  }

  outgoingStream(): Readable {
    return streamOf([]);
  }

  getClientList(): Readable {
    return streamOf([]);
  }

  async destroy(): Promise<void> {
    // Nothing is held open.
  }
}

/** Lighter than `Readable.from`, which starts an async iterator; aedes asks for two with every connection. */
function streamOf(items: readonly StoredPacket[]): Readable {
  let at = 0;
  return new Readable({
    objectMode: true,
    read() {
      this.push(items[at++] ?? null);
    },
  });
}
