/**
 * The broker inside the controller: aedes behind our access rules and limits. Rules:
 * - every session is clean, so nothing waits for a client that is away;
 * - a publisher never waits for a subscriber; a subscriber that takes too little is cut off;
 * - retained state is in memory and is given back by the controller at the next start (`restore`).
 */
import { type Duplex, duplexPair } from 'node:stream';
import { Aedes, type Client } from 'aedes';
import type { Logger } from 'pino';
import { ConnectionCounter } from '../connection-counter.ts';
import { relayUserPrefix } from '../power/relay-topics.ts';
import type { Authenticator } from './authenticator.ts';
import { BrokerConnection } from './broker-connection.ts';
import type { BrokerEvents, BrokerStats } from './broker-events.ts';
import { type BrokerLimits, defaultBrokerLimits } from './broker-limits.ts';
import { BrokerPolicy, hooksOf } from './broker-policy.ts';
import { BrokerStore } from './broker-store.ts';
import { createMessageDelivery } from './message-delivery.ts';
import { MqttListener } from './mqtt-listener.ts';

export interface EmbeddedBrokerOptions {
  /** Where TLS listens; the plain port is on loopback always. */
  readonly host: string;
  /** Plain MQTT on loopback. */
  readonly port: number;
  readonly tlsPort: number;
  readonly certificates: { readonly certPem: string; readonly keyPem: string };
  readonly authenticator: Authenticator;
  readonly events?: BrokerEvents;
  readonly limits?: Partial<BrokerLimits>;
  readonly logger: Logger;
  readonly nowMs?: () => number;
}

/** A retained message that is given back after a restart. */
export interface RetainedMessage {
  readonly topic: string;
  readonly payload: string;
}

export class EmbeddedBroker {
  readonly #logger: Logger;
  readonly #limits: BrokerLimits;
  readonly #policy: BrokerPolicy;
  readonly #store = new BrokerStore();
  readonly #counter: ConnectionCounter;
  readonly #listeners: { plain: MqttListener; tls: MqttListener };
  readonly #connections = new WeakMap<Duplex, BrokerConnection>();
  readonly #clients = new Map<string, Client>();
  readonly #aedes: Aedes;
  #connectionsRefused = 0;

  constructor(options: EmbeddedBrokerOptions) {
    this.#logger = options.logger;
    this.#limits = { ...defaultBrokerLimits, ...options.limits };
    this.#counter = new ConnectionCounter({
      maxPerAddress: this.#limits.maxConnectionsPerAddress,
      maxTotal: this.#limits.maxConnections,
    });
    this.#policy = new BrokerPolicy({
      authenticator: options.authenticator,
      events: options.events ?? {},
      logger: options.logger,
      connectionOf: (stream) => this.#connections.get(stream),
      holderOf: (clientId) => this.#connectionOfClient(clientId),
      nowMs: options.nowMs ?? Date.now,
    });
    this.#aedes = this.#createAedes();
    const { host, port, tlsPort, certificates } = options;
    this.#listeners = {
      plain: this.#createListener({ host: '127.0.0.1', port, setting: 'HOMEROOM_MQTT_PORT' }),
      tls: this.#createListener({
        host,
        port: tlsPort,
        setting: 'HOMEROOM_MQTT_TLS_PORT',
        tls: certificates,
      }),
    };
  }

  /** The ports that it listens on, once started. */
  get ports(): { plain: number; tls: number } {
    return { plain: this.#listeners.plain.port, tls: this.#listeners.tls.port };
  }

  /**
   * Open the ports.
   * @throws port_in_use when one is taken; then nothing stays open
   */
  async start(): Promise<void> {
    await this.#aedes.listen();
    try {
      await this.#listeners.plain.start();
      await this.#listeners.tls.start();
    } catch (caught) {
      await this.stop();
      throw caught;
    }
  }

  /** Close every connection; wills stay unsaid. The controller's own link is to be stopped before. */
  async stop(): Promise<void> {
    this.#policy.isStopping = true;
    await Promise.all([this.#listeners.plain.stop(), this.#listeners.tls.stop()]);
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
  }

  /** Give back a retained message without telling subscribers; to be called before `start`. */
  async restore(messages: Iterable<RetainedMessage>): Promise<void> {
    for (const { topic, payload } of messages) {
      const packet = {
        cmd: 'publish',
        topic,
        payload: Buffer.from(payload),
        qos: 1,
        retain: true,
        dup: false,
      };
      await this.#store.storeRetained(packet);
    }
  }

  /**
   * Serve a connection that came another way, such as a WebSocket.
   * @returns whether it was taken; a stream past the limits is destroyed
   */
  handleStream(stream: Duplex, { address }: { address: string }): boolean {
    stream.on('error', () => stream.destroy());
    if (!this.#enter(address)) {
      stream.destroy();
      return false;
    }
    stream.once('close', () => this.#counter.leave(address));
    this.#serve(stream, address);
    return true;
  }

  /** @returns the controller's own connection: in this process, without a credential, with all rights. */
  openControllerStream(): Duplex {
    const [ours, theirs] = duplexPair();
    this.#policy.admitController(this.#serve(ours, 'in-process'));
    return theirs;
  }

  /** Cut a device off at once. Its will is said. */
  disconnect(device: string): void {
    if (this.#connectionOfClient(device)?.identity?.kind === 'device')
      this.#clients.get(device)?.conn.destroy();
  }

  /** Cut a relay off at once, under whatever client ids it came. Its will is said. */
  disconnectRelay(relay: string): void {
    for (const client of this.#clients.values()) {
      const identity = this.#connections.get(client.conn)?.identity;
      if (identity?.kind === 'relay' && identity.relay === relay) client.conn.destroy();
    }
  }

  /** Cut a device or a relay off when the credential that it signed in by holds no longer. Its will is said. */
  async recheck(username: string): Promise<void> {
    for (const connection of this.#connectionsOf(username))
      if (!(await this.#policy.stillAdmits(connection))) connection.stream.destroy();
  }

  /** @returns whether a device is connected now */
  isConnected(device: string): boolean {
    return this.#connectionOfClient(device)?.identity?.kind === 'device';
  }

  stats(): BrokerStats {
    return {
      connections: this.#clients.size,
      retainedMessages: this.#store.retainedCount,
      connectionsRefused: this.#connectionsRefused,
      ...this.#policy.counters,
    };
  }

  #createAedes(): Aedes {
    const aedes = new Aedes({
      ...hooksOf(this.#policy),
      persistence: this.#store,
      mq: createMessageDelivery(),
      // With our own delivery it bounds no messages any more, only listeners per stream.
      concurrency: 10_000,
      drainTimeout: this.#limits.drainTimeoutMs,
      connectTimeout: this.#limits.connectTimeoutMs,
      keepaliveLimit: this.#limits.maxKeepaliveS,
      maxTopicLevels: this.#limits.maxTopicLevels,
      // Claims of MQTT 3.1 clients have longer ids than 23 characters.
      maxClientsIdLength: 128,
    });
    aedes.on('client', (client) => this.#clients.set(client.id, client));
    aedes.on('clientDisconnect', (client) => {
      if (this.#clients.get(client.id) === client) this.#clients.delete(client.id);
    });
    const tell = (client: Client, error: Error) =>
      this.#logger.debug({ clientId: client.id, reason: error.message }, 'an MQTT connection ended');
    aedes.on('clientError', tell);
    aedes.on('connectionError', tell);
    return aedes;
  }

  #createListener(options: {
    host: string;
    port: number;
    setting: string;
    tls?: { certPem: string; keyPem: string };
  }): MqttListener {
    return new MqttListener({
      ...options,
      handshakeTimeoutMs: this.#limits.connectTimeoutMs,
      admit: (address) => this.#enter(address),
      onConnection: (socket, address) => this.#serve(socket, address),
      onClosed: (address) => this.#counter.leave(address),
    });
  }

  #enter(address: string): boolean {
    if (this.#counter.enter(address)) return true;
    this.#connectionsRefused += 1;
    // One line when it begins and then now and then: the flood must not fill the log too.
    if (this.#connectionsRefused % 100 === 1)
      this.#logger.warn({ address, refused: this.#connectionsRefused }, 'too many MQTT connections');
    return false;
  }

  #serve(stream: Duplex, address: string): BrokerConnection {
    const connection = new BrokerConnection(stream, address, this.#limits);
    this.#connections.set(stream, connection);
    this.#aedes.handle(stream);
    connection.watchPacketLength(() => {
      this.#policy.refuseGiant(connection);
      stream.destroy();
    });
    return connection;
  }

  /** A device has one, by its own client id; a relay chooses its client ids. */
  #connectionsOf(username: string): BrokerConnection[] {
    const own = this.#connectionOfClient(username);
    if (own?.identity?.kind === 'device') return [own];
    if (!username.startsWith(relayUserPrefix)) return [];
    return [...this.#clients.values()]
      .flatMap(({ conn }) => this.#connections.get(conn) ?? [])
      .filter(({ login }) => login?.username === username);
  }

  #connectionOfClient(clientId: string): BrokerConnection | undefined {
    const client = this.#clients.get(clientId);
    return client && this.#connections.get(client.conn);
  }
}
