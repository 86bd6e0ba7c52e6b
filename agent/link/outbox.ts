import { type DeviceStateLeaf, messages, topics } from '@homeroom/protocol/wire';

/** One message that waits to be published. */
export interface Outgoing {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1;
  readonly retain: boolean;
  /** To be told to {@link Outbox.published} or {@link Outbox.failed}. */
  readonly ticket: number;
}

interface Retained {
  payload: string;
  ticket: number;
  isDirty: boolean;
}

interface Queued {
  readonly kind: 'event' | 'result';
  readonly outgoing: Outgoing;
}

/**
 * What waits for the broker. Bounded whatever happens: of each retained topic only the latest payload is
 * kept, and of events and results the latest so many; events give way to results, whose senders wait.
 */
export class Outbox {
  readonly #device: string;
  readonly #maxQueued: number;
  readonly #retained = new Map<DeviceStateLeaf, Retained>();
  readonly #inFlight = new Map<number, Queued>();
  #queue: Queued[] = [];
  #lastTicket = 0;

  constructor(device: string, maxQueued = 100) {
    this.#device = device;
    this.#maxQueued = maxQueued;
  }

  /** Keep the latest payload of a retained topic. */
  setState(leaf: DeviceStateLeaf, payload: unknown): void {
    this.#retained.set(leaf, { payload: JSON.stringify(payload), ticket: this.#next(), isDirty: true });
  }

  /** Queue something that is said once. */
  push(kind: 'event' | 'result', name: string, payload: unknown): void {
    const topic = topics[kind](this.#device, name);
    const outgoing = {
      topic,
      payload: JSON.stringify(payload),
      qos: 1,
      retain: false,
      ticket: this.#next(),
    } as const;
    this.#queue.push({ kind, outgoing });
    this.#shed();
  }

  /** Everything retained is to be published again: a fresh connection, or a controller that is back. */
  markAllDirty(): void {
    for (const state of this.#retained.values()) state.isDirty = true;
  }

  /** @returns at most `limit` messages, retained ones first; each is out of the box until told otherwise. */
  take(limit: number): Outgoing[] {
    const batch: Outgoing[] = [];
    for (const [leaf, state] of this.#retained) {
      if (batch.length === limit) return batch;
      if (!state.isDirty) continue;
      state.isDirty = false;
      const { qos, retained: retain } = messages[leaf];
      batch.push({
        topic: topics.device(this.#device, leaf),
        payload: state.payload,
        qos,
        retain,
        ticket: state.ticket,
      });
    }
    for (const queued of this.#queue.splice(0, limit - batch.length)) {
      this.#inFlight.set(queued.outgoing.ticket, queued);
      batch.push(queued.outgoing);
    }
    return batch;
  }

  /** The broker has it. */
  published(outgoing: Outgoing): void {
    this.#inFlight.delete(outgoing.ticket);
  }

  /** It did not reach the broker: it waits again, unless something newer took its place. */
  failed(outgoing: Outgoing): void {
    for (const state of this.#retained.values()) {
      if (state.ticket === outgoing.ticket) state.isDirty = true;
    }
    const queued = this.#inFlight.get(outgoing.ticket);
    if (!queued) return;
    this.#inFlight.delete(outgoing.ticket);
    this.#queue.push(queued);
    this.#queue.sort((first, second) => first.outgoing.ticket - second.outgoing.ticket);
    this.#shed();
  }

  #shed(): void {
    while (this.#queue.length > this.#maxQueued) {
      const oldestEvent = this.#queue.findIndex((queued) => queued.kind === 'event');
      this.#queue.splice(Math.max(oldestEvent, 0), 1);
    }
  }

  #next(): number {
    this.#lastTicket += 1;
    return this.#lastTicket;
  }
}
