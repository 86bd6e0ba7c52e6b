import { coalesce } from '@homeroom/controller/web/shared/live/coalesce.ts';
import type { Desired, KioskView } from '@homeroom/protocol';
import type { BenchController } from './bench-controller.ts';
import type { BenchDevice } from './bench-devices.ts';
import { MqttDevice } from './mqtt-device.ts';

/** What a seat shows: what its agent was told to, and what its page has fetched. */
export interface Shown {
  readonly lock: boolean;
  readonly view: KioskView['view'];
}

/** As the page has it: between two looks at least so long. */
const quietMs = 150;

/** A seat without a screen: its agent by MQTT, its page by live events and fetches, as the real ones do it. */
export class BenchKiosk implements AsyncDisposable {
  readonly device: BenchDevice;
  readonly #homeroom: Pick<BenchController, 'httpPort' | 'mqttPort'>;
  readonly #agent: MqttDevice;
  readonly #ending = new AbortController();
  #headers: Record<string, string> = {};
  #desired: Desired | undefined;
  #view: KioskView | undefined;
  readonly #looking = coalesce({
    look: () => this.#refresh(),
    quietMs,
    schedule: (run, delayMs) => void setTimeout(run, delayMs),
  });
  #watcher: { wanted: (shown: Shown) => boolean; resolve: (atMs: number) => void } | undefined;

  constructor(device: BenchDevice, homeroom: Pick<BenchController, 'httpPort' | 'mqttPort'>) {
    this.device = device;
    this.#homeroom = homeroom;
    this.#agent = new MqttDevice(device, 1, (document) => {
      this.#desired = document;
      this.#tell();
    });
  }

  /** Have agent and page come. */
  async open(): Promise<void> {
    await this.#agent.connect({ port: this.#homeroom.mqttPort, localAddress: '127.0.0.1' });
    await this.#agent.becomeReady();
    const { id, password } = this.device;
    const authorization = `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;
    const { cookie } = await this.#fetch<{ cookie: { name: string; value: string } }>(
      'POST',
      'kiosk/sign-in',
      {
        authorization,
      },
    );
    this.#headers = { cookie: `${cookie.name}=${cookie.value}` };
    const { csrfToken } = await this.#fetch<{ csrfToken: string }>('GET', 'me');
    this.#headers = { ...this.#headers, 'x-csrf-token': csrfToken };
    await this.#listen();
    await this.#refresh();
  }

  /** @returns when it shows what is wanted, by the clock of `performance.now` */
  whenShown(wanted: (shown: Shown) => boolean): Promise<number> {
    return new Promise((resolve) => {
      this.#watcher = { wanted, resolve };
      this.#tell();
    });
  }

  /** Press "Read". */
  async read(): Promise<void> {
    const id = this.#view?.roomMessage?.id;
    if (id) await this.#fetch('POST', `kiosk/messages/${id}/read`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    this.#looking.stop();
    await this.#agent.leave();
  }

  async #listen(): Promise<void> {
    const { signal } = this.#ending;
    const response = await fetch(this.#url('events'), { headers: this.#headers, signal });
    if (!response.ok || !response.body) throw new Error(`live events: ${response.status}`);
    void this.#hear(response.body).catch((caught: unknown) => {
      if (!signal.aborted) throw caught;
    });
  }

  async #hear(events: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of events) {
      if (Buffer.from(chunk).includes('event: change')) this.#looking.request();
    }
  }

  async #refresh(): Promise<void> {
    this.#view = await this.#fetch<KioskView>('GET', 'kiosk');
    this.#tell();
  }

  #tell(): void {
    if (!this.#watcher || !this.#desired || !this.#view) return;
    if (!this.#watcher.wanted({ lock: this.#desired.lock, view: this.#view.view })) return;
    this.#watcher.resolve(performance.now());
    this.#watcher = undefined;
  }

  async #fetch<T>(method: string, path: string, headers: Record<string, string> = this.#headers): Promise<T> {
    const { origin } = new URL(this.#url(''));
    const response = await fetch(this.#url(path), { method, headers: { ...headers, origin } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  #url(path: string): string {
    return `http://127.0.0.1:${this.#homeroom.httpPort}/api/v1/${path}`;
  }
}
