import { type Command, type Desired, type Reported, topics } from '@homeroom/protocol';
import mqtt, { type MqttClient } from 'mqtt';

export interface SimulatedSeatOptions {
  readonly id: string;
  readonly password: string;
  /** Plain MQTT on loopback. */
  readonly port: number;
  /** What its screen shows, as the base64 of a JPEG. */
  readonly picture: () => string;
}

const heartbeatMs = 20_000;

/** What a seat's agent says and does, over real MQTT, without a board or a browser: it follows what is wanted at once. */
export class SimulatedSeat implements AsyncDisposable {
  readonly id: string;
  readonly #client: MqttClient;
  readonly #options: SimulatedSeatOptions;
  #desired: Desired | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  private constructor(client: MqttClient, options: SimulatedSeatOptions) {
    this.id = options.id;
    this.#client = client;
    this.#options = options;
  }

  /** @throws when the broker refuses it */
  static async connect(options: SimulatedSeatOptions): Promise<SimulatedSeat> {
    const { id, password, port } = options;
    const login = { clientId: id, username: id, password, reconnectPeriod: 0 };
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, login, false);
    const seat = new SimulatedSeat(client, options);
    client.on('error', () => undefined);
    client.on('message', (topic, payload) => seat.#receive(topic, payload));
    await client.subscribeAsync([topics.command(id, '+'), topics.device(id, 'desired')], { qos: 1 });
    await seat.#introduce();
    seat.#heartbeat = setInterval(() => void seat.#tellHealth(), heartbeatMs);
    return seat;
  }

  /** The document that it follows. */
  get desired(): Desired | undefined {
    return this.#desired;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#client.endAsync(true);
  }

  async #introduce(): Promise<void> {
    const at = new Date().toISOString();
    const input = [
      { id: 'k', name: 'Keyboard', kind: 'keyboard', bus: 'usb', usbId: null },
      { id: 'm', name: 'Mouse', kind: 'mouse', bus: 'usb', usbId: null },
    ];
    await this.#state('state', { state: 'ready', since: at, bootId: 'boot' });
    await this.#state('hdmi', {
      connectors: [{ name: 'HDMI-A-1', connected: true, monitor: null, mode: null }],
    });
    await this.#state('input', { devices: input });
    await this.#state('info', {
      model: 'Simulated Pi',
      serial: this.id,
      fingerprint: this.id,
      os: 'none',
      arch: 'arm64',
      agentVersion: '0.0.0',
      addresses: ['192.0.2.1'],
      capabilities: ['kiosk', 'simulated'],
    });
    await this.#tellHealth();
  }

  /** Who says nothing for long is taken for lost. */
  async #tellHealth(): Promise<void> {
    await this.#state('health', {
      at: new Date().toISOString(),
      uptimeS: 600,
      temperatureC: 51,
      underVoltage: false,
      loadAverage: 0.2,
      cpuCount: 4,
      memoryTotalMiB: 4000,
      memoryFreeMiB: 2500,
      diskTotalMiB: 30_000,
      diskFreeMiB: 20_000,
      diskErrors: 0,
      link: null,
      agentMemoryMiB: 60,
    });
  }

  #receive(topic: string, payload: Buffer): void {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    if (topic === topics.device(this.id, 'desired')) this.#follow(value as Desired);
    const prefix = topics.command(this.id, '');
    if (topic.startsWith(prefix)) this.#obey(topic.slice(prefix.length), value as Command);
  }

  #follow(desired: Desired): void {
    this.#desired = desired;
    const { revision, kiosk, screen, lock } = desired;
    const loadedAt = new Date().toISOString();
    const reported: Reported = {
      revision,
      kiosk: { state: 'showing', url: kiosk.url, loadedAt },
      screen,
      lock,
    };
    void this.#state('reported', reported);
  }

  #obey(name: string, { id }: Command): void {
    const picture = {
      mediaType: 'image/jpeg',
      base64: this.#options.picture(),
      takenAt: new Date().toISOString(),
    };
    const data = name === 'screenshot' ? picture : {};
    const result = JSON.stringify({ id, status: 'succeeded', data });
    void this.#publish(topics.result(this.id, name), result, false);
  }

  async #state(leaf: Parameters<typeof topics.device>[1], payload: unknown): Promise<void> {
    await this.#publish(topics.device(this.id, leaf), JSON.stringify(payload), true);
  }

  /** The test may end between a message and its acknowledgement. */
  async #publish(topic: string, payload: string, retain: boolean): Promise<void> {
    await this.#client.publishAsync(topic, payload, { qos: 1, retain }).catch(() => undefined);
  }
}
