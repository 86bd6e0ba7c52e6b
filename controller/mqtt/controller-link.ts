/**
 * The controller's own connection to the broker: to the embedded one through a stream in this process, to
 * an external one by URL; the same code. Rules:
 * - `controller/state` is retained `online` while whoever hears everything is connected; the will says `offline`.
 *   Beside it there may be links that hear the answers to their own commands, and who is there: they say nothing of it;
 * - nothing is queued while it is not connected: a publish throws, and whoever wants a state published
 *   publishes it again when told of the next connection;
 * - after a loss it comes back by itself, with waits that grow (mqtt.js has neither growth nor a retry
 *   after a refused login).
 */
import { randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ControllerState, HomeroomError, messages, toError, topics } from '@homeroom/protocol';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { Logger } from 'pino';
import { heardOfRelays } from '../power/relay-topics.ts';
import { backOffMs } from './back-off.ts';
import type { BrokerTrust } from './broker-trust.ts';
import { type InboundListener, InboundMessages } from './inbound-messages.ts';
import { tellSafely } from './tell-safely.ts';

/** Where the broker is. A stream is asked for anew with each connection. */
export type BrokerDoor =
  | { readonly openStream: () => Duplex }
  | {
      readonly url: string;
      readonly username?: string;
      readonly password?: string;
      readonly trust?: BrokerTrust;
    };

export interface ControllerLinkOptions {
  readonly door: BrokerDoor;
  /** `answers` for a process that leaves the devices to another one, and sends them commands. */
  readonly hears?: 'everything' | 'answers';
  readonly logger: Logger;
  readonly random?: () => number;
  readonly now?: () => Date;
}

const filterOf = ({ topic }: { topic: string }) => `homeroom/v1/${topic.replaceAll(/<[a-z]+>/g, '+')}`;

const subscriptions = {
  /** What devices, boards and claims say. Our own topics are left out: we know what we said. */
  everything: [
    ...Object.values(messages)
      .filter((rule) => rule.from !== 'controller')
      .map(filterOf),
    ...heardOfRelays,
  ],
  answers: [messages.state, messages.result].map(filterOf),
};

const publishTimeoutMs = 10_000;
const connectTimeoutMs = 10_000;
const reconnect = { firstMs: 250, maxMs: 15_000 };

export class ControllerLink {
  readonly inbound: InboundMessages;
  readonly #options: ControllerLinkOptions;
  readonly #hears: keyof typeof subscriptions;
  readonly #connectListeners = new Set<() => void>();
  readonly #random: () => number;
  readonly #now: () => Date;
  #client: MqttClient | undefined;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  #isSubscribed = false;

  constructor(options: ControllerLinkOptions) {
    this.#options = options;
    this.#hears = options.hears ?? 'everything';
    this.#random = options.random ?? Math.random;
    this.#now = options.now ?? (() => new Date());
    this.inbound = new InboundMessages({ logger: options.logger, nowMs: () => this.#now().getTime() });
  }

  /** Begin to connect. Returns at once; `isConnected` and `onConnected` tell the rest. */
  start(): void {
    const client = this.#createClient();
    this.#client = client;
    client.on('connect', () => {
      sendAtOnce(client.stream);
      void this.#welcome(client);
    });
    client.on('message', (topic, payload, packet) => this.inbound.receive(topic, payload, packet.retain));
    client.on('error', (error) => this.#options.logger.debug({ err: error }, 'the broker link failed'));
    client.on('close', () => this.#comeBack(client));
    client.connect();
  }

  /** Say `offline`, where it is ours to say, and leave. */
  async stop(): Promise<void> {
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    if (client.connected) await this.#tellState(client, 'offline').catch(() => undefined);
    client.removeAllListeners('close');
    await client.endAsync(true);
  }

  /** @returns whether it is connected and hears everything */
  isConnected(): boolean {
    return this.#isSubscribed && this.#client?.connected === true;
  }

  /** Call `listener` after each connection, the first included. @returns a function that ends that */
  onConnected(listener: () => void): () => void {
    this.#connectListeners.add(listener);
    return () => this.#connectListeners.delete(listener);
  }

  /** Hear every message that passed its schema. @returns a function that ends that */
  onMessage(listener: InboundListener): () => void {
    return this.inbound.subscribe(listener);
  }

  /**
   * Publish with QoS 1; done when the broker has it.
   *
   * @param payload an object, sent as JSON, or a text, sent as it is; undefined clears a retained message
   * @throws broker_unavailable when there is no connection, or no answer in time; it may be repeated
   */
  async publish(
    topic: string,
    payload: object | string | undefined,
    { retain }: { retain: boolean },
  ): Promise<void> {
    const client = this.#client;
    if (!client?.connected) throw new HomeroomError('broker_unavailable');
    const text = typeof payload === 'object' ? JSON.stringify(payload) : (payload ?? '');
    await publishWithin(client, topic, text, retain);
  }

  #createClient(): MqttClient {
    const { door } = this.#options;
    const options: IClientOptions = {
      // Not a device id, so that no device can ever have it.
      clientId: `controller_${randomBytes(6).toString('hex')}`,
      clean: true,
      manualConnect: true,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      connectTimeout: connectTimeoutMs,
      keepalive: 20,
      ...(this.#hears === 'everything' ? { will: this.#will() } : {}),
    };
    if ('openStream' in door) return new mqtt.MqttClient(() => door.openStream(), options);
    const { url, username, password, trust } = door;
    return mqtt.connect(url, {
      ...options,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...trust,
    });
  }

  async #welcome(client: MqttClient): Promise<void> {
    try {
      const granted = await client.subscribeAsync(subscriptions[this.#hears], { qos: 1 });
      if (granted.some((grant) => grant.qos >= 128)) throw new Error('the broker refused a subscription');
      await this.#tellState(client, 'online');
    } catch (caught) {
      this.#options.logger.warn({ err: toError(caught) }, 'the broker did not let the controller in');
      client.stream.destroy();
      return;
    }
    this.#failures = 0;
    this.#isSubscribed = true;
    this.#options.logger.info('connected to the broker');
    for (const listener of this.#connectListeners) {
      tellSafely(listener, (err) =>
        this.#options.logger.error({ err }, 'a listener to the broker link failed'),
      );
    }
  }

  #comeBack(client: MqttClient): void {
    if (this.#client !== client) return;
    if (this.#isSubscribed) this.#options.logger.warn('lost the broker');
    this.#isSubscribed = false;
    this.#failures += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(
      () => client.reconnect(),
      backOffMs(this.#failures, { ...reconnect, random: this.#random }),
    );
  }

  #will(): NonNullable<IClientOptions['will']> {
    const payload = Buffer.from(JSON.stringify(this.#state('offline')));
    return { topic: topics.controllerState(), payload, qos: 1, retain: true };
  }

  async #tellState(client: MqttClient, state: ControllerState['state']): Promise<void> {
    if (this.#hears !== 'everything') return;
    await publishWithin(client, topics.controllerState(), JSON.stringify(this.#state(state)), true);
  }

  #state(state: ControllerState['state']): ControllerState {
    return { state, since: this.#now().toISOString() };
  }
}

/** Else an acknowledgement and the next command wait for each other: 40 ms a command. mqtt.js leaves it to us. */
function sendAtOnce(stream: Duplex): void {
  if (stream instanceof Socket) stream.setNoDelay(true);
}

/** mqtt.js keeps an unanswered publish for the next connection; nobody may wait that long. */
async function publishWithin(
  client: MqttClient,
  topic: string,
  payload: string,
  retain: boolean,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new HomeroomError('broker_unavailable', 'The broker did not confirm a message in time.')),
      publishTimeoutMs,
    );
  });
  try {
    await Promise.race([client.publishAsync(topic, payload, { qos: 1, retain }), late]);
  } catch (caught) {
    if (caught instanceof HomeroomError) throw caught;
    throw new HomeroomError('broker_unavailable', 'The message could not be sent.', { cause: caught });
  } finally {
    clearTimeout(timer);
  }
}
