import { once } from 'node:events';
import { connect } from 'mqtt';
import type { RunningHomeroom } from './running-homeroom.ts';

/** The events that devices tell of, as the observer's account hears them. */
export class DeviceEvents implements AsyncDisposable {
  readonly #client: ReturnType<typeof connect>;

  private constructor(client: ReturnType<typeof connect>) {
    this.#client = client;
  }

  static async listen(homeroom: RunningHomeroom): Promise<DeviceEvents> {
    const password = await homeroom.observerPassword();
    const client = connect(homeroom.mqttUrl, { username: 'observer', password, clientId: 'bench-observer' });
    await once(client, 'connect');
    await client.subscribeAsync('homeroom/v1/+/event/+');
    return new DeviceEvents(client);
  }

  /** @returns when the next event happened, by the device's own clock; it must be asked for before that */
  async nextAtMs(): Promise<number> {
    const [, payload] = await once(this.#client, 'message', { signal: AbortSignal.timeout(10_000) });
    return Date.parse(JSON.parse(String(payload)).at);
  }

  async [Symbol.asyncDispose]() {
    await this.#client.endAsync(true);
  }
}
