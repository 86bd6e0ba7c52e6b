import { decodePayload, messages, type RelayCommand, type RelayState, topics } from '@homeroom/protocol';
import mqtt, { type MqttClient } from 'mqtt';

/** A relay board that is made up, as its link sees it. */
export interface RelayBoard {
  /** As it is told. */
  readonly state: RelayState;
  /** Called after each change of {@link state}. */
  onChange(listener: () => void): void;
  /** @returns why the command was dropped; undefined when it was followed */
  receive(command: RelayCommand, isRetained: boolean): string | undefined;
}

export interface RelayBoardLinkOptions {
  /** The broker's, on this machine. */
  readonly url: string;
  /** The relay's id. */
  readonly relay: string;
  readonly credential: { readonly username: string; readonly password: string };
  readonly board: RelayBoard;
  readonly log: (text: string) => void;
}

const reconnectMs = 1_000;
const connectTimeoutMs = 10_000;
const keepaliveS = 15;
const goodbyeMs = 1_000;
const away: RelayState = { online: false, channels: [] };
const retained = { qos: 1, retain: true } as const;

/** A made-up board's connection to the broker: it tells its channels with each connection and each change, and follows commands. */
export class RelayBoardLink {
  readonly #options: RelayBoardLinkOptions;
  #client: MqttClient | undefined;

  constructor(options: RelayBoardLinkOptions) {
    this.#options = options;
  }

  /** Begin to connect; it comes back by itself after a loss. */
  start(): void {
    const { url, relay, credential, board, log } = this.#options;
    const client = mqtt.connect(url, {
      ...credential,
      clientId: credential.username,
      clean: true,
      keepalive: keepaliveS,
      connectTimeout: connectTimeoutMs,
      reconnectPeriod: reconnectMs,
      reconnectOnConnackError: true,
      queueQoSZero: false,
      will: { topic: topics.relayState(relay), payload: Buffer.from(JSON.stringify(away)), ...retained },
    });
    this.#client = client;
    client.on('connect', () => {
      log('connected');
      client.subscribe(topics.relayCommand(relay), { qos: 1 });
      this.#publish();
    });
    client.on('message', (_topic, payload, packet) => this.#receive(payload, packet.retain));
    client.on('error', (error) => log(`link: ${error.message}`));
    board.onChange(() => this.#publish());
  }

  /** Say that the board is away, and close. */
  async stop(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    if (client.connected)
      await withinMs(goodbyeMs, client.publishAsync(this.#topic, JSON.stringify(away), retained));
    await withinMs(goodbyeMs, client.endAsync(true));
  }

  get #topic(): string {
    return topics.relayState(this.#options.relay);
  }

  #receive(payload: Uint8Array, isRetained: boolean): void {
    const { log, board } = this.#options;
    const decoded = decodePayload(messages['relay-command'], payload);
    if (!decoded.ok) {
      log(`command is not understood: ${decoded.reason}`);
      return;
    }
    const { id, channel, on } = decoded.value;
    const dropped = board.receive(decoded.value, isRetained);
    log(`command ${id}: channel ${channel} ${on ? 'on' : 'off'}${dropped ? `, dropped: ${dropped}` : ''}`);
    // Whoever asked again for what is so already waits for an answer.
    if (dropped === undefined || dropped === 'repeated') this.#publish();
  }

  #publish(): void {
    const client = this.#client;
    // What changed meanwhile is told with the next connection.
    if (!client?.connected) return;
    client.publish(this.#topic, JSON.stringify(this.#options.board.state), retained);
  }
}

async function withinMs(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, timeoutMs);
  // A goodbye that does not get through is said by the will.
  await Promise.race([work.catch(() => undefined), late.promise]);
  clearTimeout(timer);
}
