import { randomUUID } from 'node:crypto';
import {
  type Command,
  type DeviceInfo,
  type DeviceState,
  type DeviceStateLeaf,
  type DeviceStatePayload,
  type Result,
  topics,
} from '@homeroom/protocol';
import mqtt, { type MqttClient } from 'mqtt';

export type CommandHandler = (args: Record<string, unknown>) => Promise<unknown> | unknown;

export interface FakeAgentOptions {
  readonly id: string;
  readonly password: string;
  readonly port: number;
  readonly bootId?: string;
  readonly connection?: number;
  readonly fingerprint?: string;
  readonly address?: string;
  /** By command name; a command without one is not answered. */
  readonly handlers?: Readonly<Record<string, CommandHandler>>;
}

/** Speaks as an agent does, over real MQTT, without any hardware. */
export class FakeAgent implements AsyncDisposable {
  readonly id: string;
  /** Everything that was said to it, newest last. */
  readonly heard: { topic: string; value: unknown }[] = [];
  readonly #client: MqttClient;
  readonly #options: FakeAgentOptions;

  private constructor(client: MqttClient, options: FakeAgentOptions) {
    this.id = options.id;
    this.#client = client;
    this.#options = options;
  }

  /** @throws when the broker refuses it */
  static async connect(options: FakeAgentOptions): Promise<FakeAgent> {
    const { id, password, port } = options;
    const client = await mqtt.connectAsync(
      `mqtt://127.0.0.1:${port}`,
      {
        clientId: id,
        username: id,
        password,
        reconnectPeriod: 0,
        will: {
          topic: topics.device(id, 'state'),
          payload: Buffer.from(JSON.stringify(stateOf(options, 'lost'))),
          qos: 1,
          retain: true,
        },
      },
      false,
    );
    const agent = new FakeAgent(client, options);
    client.on('error', () => undefined);
    client.on('message', (topic, payload) => void agent.#receive(topic, payload));
    await client.subscribeAsync([topics.command(id, '+'), topics.device(id, 'desired')], { qos: 1 });
    await agent.publish('state', stateOf(options, 'ready'));
    await agent.publish('info', infoOf(options));
    return agent;
  }

  /** Resolves when the connection has ended, from whichever side. */
  get closed(): Promise<void> {
    return this.#client.connected
      ? new Promise((resolve) => this.#client.once('close', () => resolve()))
      : Promise.resolve();
  }

  /** The last desired document that it heard. */
  get desired():
    | {
        revision: number;
        kiosk: { url: string };
        screen: { power: string };
        lock: boolean;
        audio?: { muted: boolean };
      }
    | undefined {
    const last = this.heard.findLast(({ topic }) => topic === topics.device(this.id, 'desired'));
    return last?.value as FakeAgent['desired'];
  }

  async publish<L extends DeviceStateLeaf>(leaf: L, payload: DeviceStatePayload[L]): Promise<void> {
    await this.#client.publishAsync(topics.device(this.id, leaf), JSON.stringify(payload), {
      qos: 1,
      retain: true,
    });
  }

  /** Anything, also what it may not. */
  async publishRaw(
    topic: string,
    payload: string,
    options: { qos?: 0 | 1; retain?: boolean } = {},
  ): Promise<void> {
    await this.#client.publishAsync(topic, payload, {
      qos: options.qos ?? 1,
      retain: options.retain ?? false,
    });
  }

  /** End without a word, as a power cut does. */
  kill(): void {
    this.#client.stream.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.endAsync(true);
  }

  async #receive(topic: string, payload: Buffer): Promise<void> {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    this.heard.push({ topic, value });
    const name = topic.startsWith(topics.command(this.id, '')) ? topic.split('/').at(-1) : undefined;
    const handler = name === undefined ? undefined : this.#options.handlers?.[name];
    if (name === undefined || !handler) return;
    const result = await answer(value as Command, handler);
    const sent = this.#client.publishAsync(topics.result(this.id, name), JSON.stringify(result), { qos: 1 });
    // The test may end between the answer and its acknowledgement.
    await sent.catch(() => undefined);
  }
}

async function answer(command: Command, handler: CommandHandler): Promise<Result> {
  try {
    return { id: command.id, status: 'succeeded', data: (await handler(command.args)) ?? {} };
  } catch (caught) {
    const code = caught instanceof Error && 'code' in caught ? String(caught.code) : 'internal';
    const message = caught instanceof Error ? caught.message : String(caught);
    return { id: command.id, status: 'failed', error: { code, message } };
  }
}

function stateOf(options: FakeAgentOptions, state: DeviceState['state']): DeviceState {
  const { bootId = 'boot-1', connection } = options;
  return {
    state,
    since: new Date().toISOString(),
    bootId,
    ...(connection === undefined ? {} : { connection }),
  };
}

export function infoOf({
  id,
  fingerprint,
  address,
}: Pick<FakeAgentOptions, 'id' | 'fingerprint' | 'address'>): DeviceInfo {
  return {
    model: 'Fake Pi',
    serial: id,
    fingerprint: fingerprint ?? `fingerprint of ${id}`,
    os: 'Test OS',
    arch: 'arm64',
    agentVersion: '0.0.0',
    addresses: [address ?? '192.0.2.7'],
    capabilities: ['simulated'],
  };
}

/** @returns a fresh id of a device, for tests that share a broker */
export function newDeviceId(): string {
  return `pi-${randomUUID().slice(0, 8)}`;
}
