/** A busy machine takes its time; a request that waits for a silent database as long as the reconcilers do (20 s) is caught. */
const answerTimeoutMs = 15_000;

/** A person's browser, as far as the API sees it. */
export class Browser {
  readonly origin: string;
  #cookie = '';
  #csrfToken = '';

  private constructor(origin: string) {
    this.origin = origin;
  }

  static async signIn(origin: string, username: string, password: string): Promise<Browser> {
    const browser = new Browser(origin);
    const response = await browser.send('POST', '/sign-in', { username, password });
    if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
    browser.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    browser.#csrfToken = JSON.parse(await response.text()).csrfToken;
    return browser;
  }

  /** @returns the same browser at another process of the controller */
  at(origin: string): Browser {
    const browser = new Browser(origin);
    browser.#cookie = this.#cookie;
    browser.#csrfToken = this.#csrfToken;
    return browser;
  }

  /** What a WebSocket of this browser is opened with. */
  get headers(): Record<string, string> {
    return { cookie: this.#cookie, origin: this.origin };
  }

  /** What a request of this browser that changes something is sent with. */
  get changing(): Record<string, string> {
    return { ...this.headers, 'x-csrf-token': this.#csrfToken };
  }

  send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        ...(this.#cookie ? { cookie: this.#cookie, 'x-csrf-token': this.#csrfToken } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        origin: this.origin,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
  }

  /** @returns the body of an answer that must be good */
  async ask(method: string, path: string, body?: unknown) {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
