const answerTimeoutMs = 30_000;

/** The controller's API, for what a test does without a page. */
export class Api {
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param headers that tell who asks */
  constructor(origin: string, headers: Readonly<Record<string, string>>) {
    this.#origin = origin;
    this.#headers = headers;
  }

  /** @param path below `/api/v1` */
  send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#origin}/api/v1${path}`, {
      method,
      headers: {
        ...this.#headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
  }

  /** @returns the body of an answer that must be good; undefined for an empty one */
  async ask(method: string, path: string, body?: unknown) {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** @returns the picture of what a device shows, a JPEG */
  async snapshot(device: string): Promise<Buffer> {
    return (await this.datedSnapshot(device)).jpeg;
  }

  /** @returns the same, with the second in which it was taken: who asks again within one gets it again */
  async datedSnapshot(device: string): Promise<{ jpeg: Buffer; takenAt: string }> {
    const response = await this.send('GET', `/devices/${device}/snapshot`);
    if (!response.ok) throw new Error(`snapshot: ${response.status} ${await response.text()}`);
    const takenAt = response.headers.get('last-modified') ?? '';
    return { jpeg: Buffer.from(await response.arrayBuffer()), takenAt };
  }
}
