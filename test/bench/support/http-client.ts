import { Agent, type IncomingMessage, request } from 'node:http';

export interface ClientReply {
  readonly status: number;
  readonly body: string;
  /** Of a reply that asks to come again. */
  readonly retryAfterS: number | undefined;
}

/** A client of a peer on loopback that keeps its connections. */
export class HttpClient implements Disposable {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(options: { url: string; connections: number; headers?: Readonly<Record<string, string>> }) {
    this.#url = options.url;
    this.#headers = options.headers ?? {};
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  }

  /** @throws when the connection fails */
  async send(method: string, path: string, sent = ''): Promise<ClientReply> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const headers = { ...this.#headers, 'content-length': Buffer.byteLength(sent) };
    request(new URL(path, this.#url), { method, agent: this.#agent, headers }, resolve)
      .on('error', reject)
      .end(sent);
    const response = await promise;
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const retryAfter = response.headers['retry-after'];
    const retryAfterS = retryAfter === undefined ? undefined : Number(retryAfter);
    return { status: response.statusCode ?? 0, body, retryAfterS };
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
