import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { waitFor } from '../../../support/wait-for.ts';
import type { TestBroker } from './test-broker.ts';

/** An MQTT client that remembers what it heard. */
export interface TestClient {
  readonly mqtt: MqttClient;
  readonly heard: { topic: string; payload: string; retain: boolean }[];
  /** Resolves with the first message on a topic, past or to come. */
  next(topic: string): Promise<string>;
}

/** Clients of one test; `end` closes all of them. */
export class TestClients {
  readonly #clients: MqttClient[] = [];
  readonly #broker: Pick<TestBroker, 'port' | 'observerPassword' | 'credentials'>;

  constructor(broker: Pick<TestBroker, 'port' | 'observerPassword' | 'credentials'>) {
    this.#broker = broker;
  }

  /** @throws when the broker refuses the login */
  async connect(options: IClientOptions, url = `mqtt://127.0.0.1:${this.#broker.port}`): Promise<TestClient> {
    const client = await mqtt.connectAsync(
      url,
      { reconnectPeriod: 0, connectTimeout: 20_000, ...options },
      false,
    );
    this.#clients.push(client);
    // A refused publish ends the connection; that is what some tests are about.
    client.on('error', () => undefined);
    const heard: TestClient['heard'] = [];
    client.on('message', (topic, payload, packet) =>
      heard.push({ topic, payload: payload.toString('utf8'), retain: packet.retain }),
    );
    const next = async (topic: string) => {
      const found = await waitFor(`a message on ${topic}`, () =>
        heard.find((message) => message.topic === topic),
      );
      return found.payload;
    };
    return { mqtt: client, heard, next };
  }

  /** A device that the broker knows, made known now. */
  async device(id: string, options: IClientOptions = {}): Promise<TestClient> {
    const password = `password of ${id}`;
    await this.#broker.credentials.put(id, password);
    return this.connect({ clientId: id, username: id, password, ...options });
  }

  observer(options: IClientOptions = {}): Promise<TestClient> {
    const password = this.#broker.observerPassword;
    return this.connect({
      clientId: `explorer-${this.#clients.length}`,
      username: 'observer',
      password,
      ...options,
    });
  }

  async end(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.endAsync(true)));
  }
}
