import { connectAsync, type MqttClient } from 'mqtt';
import type { RunningHomeroom } from './running-homeroom.ts';

/** The events that devices tell of, as the observer's account hears them. */
export class DeviceEvents implements AsyncDisposable {
  readonly #client: MqttClient;

  private constructor(client: MqttClient) {
    this.#client = client;
  }

  static async listen(homeroom: RunningHomeroom): Promise<DeviceEvents> {
    const password = await homeroom.observerPassword();
    const options = { username: 'observer', password, clientId: 'bench-observer' };
    const client = await connectAsync(homeroom.mqttUrl, options);
    await client.subscribeAsync('homeroom/v1/+/event/+');
    return new DeviceEvents(client);
  }

  /** @returns when the next event happened, by the device's own clock; it must be asked for before that */
  nextAtMs(): Promise<number> {
    return new Promise((resolve) => {
      this.#client.once('message', (_topic, payload) => resolve(Date.parse(JSON.parse(String(payload)).at)));
    });
  }

  async [Symbol.asyncDispose]() {
    await this.#client.endAsync(true);
  }
}
