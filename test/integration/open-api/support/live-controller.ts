import { ControllerFolder } from '../../controller/support/controller-process.ts';

export type Who = 'nobody' | 'student' | 'teacher' | 'admin';

export interface Answered {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the answer is no JSON. */
  readonly json: unknown;
}

export interface Ask {
  readonly who?: Who;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const password = 'first password';
const answerTimeoutMs = 60_000;

/** A real controller with its own database, and somebody of each role who is signed in there. */
export class LiveController implements AsyncDisposable {
  readonly origin: string;
  readonly #folder: ControllerFolder;
  readonly #cookies: Map<Who, Record<string, string>>;

  private constructor(origin: string, folder: ControllerFolder, cookies: Map<Who, Record<string, string>>) {
    this.origin = origin;
    this.#folder = folder;
    this.#cookies = cookies;
  }

  /** @param environment further settings of the controller */
  static async start(environment: Record<string, string> = {}): Promise<LiveController> {
    const folder = await ControllerFolder.make();
    const { httpPort } = await folder.start(environment).untilReady();
    const origin = `http://127.0.0.1:${httpPort}`;
    const cookies = new Map<Who, Record<string, string>>([['nobody', {}]]);
    for (const who of ['student', 'teacher', 'admin'] as const) cookies.set(who, await signIn(origin, who));
    return new LiveController(origin, folder, cookies);
  }

  /** @param path below `/api/v1` */
  async ask(method: string, path: string, { who = 'admin', body, headers }: Ask = {}): Promise<Answered> {
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        origin: this.origin,
        ...this.#cookies.get(who),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    const json: unknown =
      contentType.includes('json') && !contentType.includes('ndjson') ? JSON.parse(text) : undefined;
    return { status: response.status, contentType, headers: response.headers, text, json };
  }

  /** What is beside the API, as an admin unless told otherwise. */
  fetch(path: string, { who = 'admin', ...init }: RequestInit & { who?: Who } = {}): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      ...init,
      headers: {
        origin: this.origin,
        ...this.#cookies.get(who),
        ...Object.fromEntries(new Headers(init.headers)),
      },
      signal: init.signal ?? AbortSignal.timeout(answerTimeoutMs),
    });
  }

  async [Symbol.asyncDispose]() {
    await this.#folder[Symbol.asyncDispose]();
  }
}

async function signIn(origin: string, username: string): Promise<Record<string, string>> {
  const response = await fetch(`${origin}/api/v1/sign-in`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
    signal: AbortSignal.timeout(answerTimeoutMs),
  });
  const me = (await response.json()) as { csrfToken: string };
  return { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '', 'x-csrf-token': me.csrfToken };
}
