import {
  type DeviceState,
  type DeviceStateLeaf,
  type ErrorCode,
  type Event,
  type EventName,
  errorCodeOf,
  type Result,
  toError,
  topics,
} from '@homeroom/protocol/wire';
import { type BackoffRule, backoffMs } from '../backoff.ts';
import { type Clock, settledWithin, sleep } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Connection, Incoming } from './connection.ts';
import { Outbox, type Outgoing } from './outbox.ts';

export interface LinkOptions {
  readonly device: string;
  readonly bootId: string;
  /** Grows with each call, also over restarts of the agent within one boot. */
  readonly connectionNumber: () => number;
  /** One attempt; rejects as {@link Connect} does, or in whatever way the credential cannot be had. */
  readonly connect: (will: { topic: string; payload: string }, signal: AbortSignal) => Promise<Connection>;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly log: Log;
}

/** How the link is: `refused` means that the broker answers but does not take this device. */
export type LinkStatus =
  | { readonly state: 'connecting' | 'connected' | 'stopped' }
  | { readonly state: 'waiting' | 'refused'; readonly error: Error };

const backoff: BackoffRule = { firstMs: 500, maxMs: 30_000 };
/** Shorter connections count as failures: two machines of one identity would push each other off every half second. */
const steadyMs = 10_000;
/** A refusal is somebody's decision, or a fault that a person mends: do not hammer. */
const refusedBackoff: BackoffRule = { firstMs: 20_000, maxMs: 60_000 };
const refusals: ReadonlySet<string> = new Set<ErrorCode>([
  'device_credential_wrong',
  'device_revoked',
  'device_identity_in_use',
  'controller_not_trusted',
  'join_token_wrong',
  'enrolment_closed',
  'enrolment_denied',
]);
const batchSize = 16;
const goodbyeTimeoutMs = 1_500;

/**
 * The device's lasting link to the broker. Rules:
 * - there is one connection at most, opened by one loop with back-off and jitter;
 * - what is retained is kept here and published on every connection, so the broker may forget;
 * - the will says `lost`; a clean end says `disconnected` first, so that the two can be told apart;
 * - nothing that is handed in can fail: it waits in a bounded outbox.
 */
export class Link {
  readonly #options: LinkOptions;
  readonly #outbox: Outbox;
  readonly #stopping = new AbortController();
  readonly #messageListeners = new Set<(message: Incoming) => void>();
  readonly #statusListeners = new Set<(status: LinkStatus) => void>();
  #status: LinkStatus = { state: 'connecting' };
  #connection: Connection | undefined;
  #running: Promise<void> | undefined;
  #connectionNumber = 0;
  #isPumping = false;
  #leaving: DeviceState['reason'];
  #pumped: Promise<void> = Promise.resolve();

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options.device);
  }

  get status(): LinkStatus {
    return this.#status;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Publish what waits and `disconnected`, then close. May be repeated. */
  async stop(): Promise<void> {
    this.#outbox.setState('state', this.#stateOf('disconnected'));
    this.#pump();
    await this.drain(goodbyeTimeoutMs);
    this.#stopping.abort();
    await this.#connection?.end();
    await this.#running;
  }

  /** Why the end that comes is coming; undefined takes it back. It is told with `disconnected` alone. */
  leaveFor(reason: DeviceState['reason']): void {
    this.#leaving = reason;
  }

  setState(leaf: DeviceStateLeaf, payload: unknown): void {
    this.#outbox.setState(leaf, payload);
    this.#pump();
  }

  sendEvent(name: EventName, event: Event): void {
    this.#outbox.push('event', name, event);
    this.#pump();
  }

  sendResult(name: string, result: Result): void {
    this.#outbox.push('result', name, result);
    this.#pump();
  }

  /** Wait until all that waits has left, but no longer than `timeoutMs`; while there is no connection not at all. */
  async drain(timeoutMs: number): Promise<void> {
    await settledWithin(this.#options.clock, this.#pumped, timeoutMs);
  }

  /** Publish every retained topic again, because who keeps them may have lost them. */
  publishAfresh(): void {
    this.#outbox.markAllDirty();
    this.#pump();
  }

  /** Messages of `desired`, of commands and of the controller's state. */
  onMessage(listener: (message: Incoming) => void): () => void {
    this.#messageListeners.add(listener);
    return () => this.#messageListeners.delete(listener);
  }

  onStatus(listener: (status: LinkStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { clock } = this.#options;
    for (let failures = 0; !signal.aborted; ) {
      let connectedAtMs = Number.POSITIVE_INFINITY;
      try {
        await this.#connectOnce(() => {
          connectedAtMs = clock.monotonicMs();
        });
      } catch (caught) {
        if (signal.aborted) break;
        if (clock.monotonicMs() - connectedAtMs >= steadyMs) failures = 0;
        failures += 1;
        await this.#waitAfter(toError(caught), failures).catch(() => undefined);
      }
    }
    this.#setStatus({ state: 'stopped' });
  }

  /** Connect and stay until the connection breaks; always ends by throwing. */
  async #connectOnce(onConnected: () => void): Promise<never> {
    const { device, connect } = this.#options;
    this.#setStatus({ state: 'connecting' });
    this.#connectionNumber = this.#options.connectionNumber();
    const will = { topic: topics.device(device, 'state'), payload: JSON.stringify(this.#stateOf('lost')) };
    const connection = await connect(will, this.#stopping.signal);
    const closed = new Promise<never>((_, reject) => {
      connection.onClose(() => reject(new Error('the connection closed')));
    });
    closed.catch(() => undefined);
    try {
      connection.onMessage((message) => {
        for (const listener of this.#messageListeners) listener(message);
      });
      await connection.subscribe([
        topics.device(device, 'desired'),
        topics.command(device, '+'),
        topics.controllerState(),
      ]);
      this.#outbox.setState('state', this.#stateOf('ready'));
      this.#outbox.markAllDirty();
      this.#connection = connection;
      this.#pump();
      onConnected();
      this.#setStatus({ state: 'connected' });
      return await closed;
    } finally {
      this.#connection = undefined;
      await connection.end();
    }
  }

  async #waitAfter(error: Error, failures: number): Promise<void> {
    const { clock, chance, log } = this.#options;
    const isRefused = refusals.has(errorCodeOf(error));
    const waitMs = backoffMs(isRefused ? refusedBackoff : backoff, failures, chance());
    this.#setStatus({ state: isRefused ? 'refused' : 'waiting', error });
    log.warn('link is down', { error, waitMs, failures });
    await sleep(clock, waitMs, this.#stopping.signal);
  }

  /** One pump at a time, so that messages leave in order. */
  #pump(): void {
    if (this.#isPumping || !this.#connection) return;
    this.#isPumping = true;
    this.#pumped = this.#publishAll(this.#connection);
  }

  async #publishAll(connection: Connection): Promise<void> {
    let isWhole = true;
    while (isWhole) {
      const batch = this.#outbox.take(batchSize);
      if (batch.length === 0) break;
      isWhole = await this.#publishBatch(connection, batch);
    }
    // In one turn with the last look into the outbox: nothing can be put in between and be overlooked.
    this.#isPumping = false;
    if (!isWhole) await connection.end();
    if (this.#connection !== connection) this.#pump();
  }

  /** @returns whether all of it was taken; what was not waits again. */
  async #publishBatch(connection: Connection, batch: readonly Outgoing[]): Promise<boolean> {
    const ended = await Promise.allSettled(
      batch.map(({ topic, payload, qos, retain }) => connection.publish(topic, payload, { qos, retain })),
    );
    for (const [index, outgoing] of batch.entries()) {
      if (ended[index]?.status === 'fulfilled') this.#outbox.published(outgoing);
      else this.#outbox.failed(outgoing);
    }
    return ended.every((one) => one.status === 'fulfilled');
  }

  #stateOf(state: DeviceState['state']): DeviceState {
    const { clock, bootId } = this.#options;
    const reason = state === 'disconnected' ? this.#leaving : undefined;
    return {
      ...{ state, since: clock.now().toISOString(), bootId, connection: this.#connectionNumber },
      ...(reason && { reason }),
    };
  }

  #setStatus(status: LinkStatus): void {
    this.#status = status;
    for (const listener of this.#statusListeners) listener(status);
  }
}
