import { Agent, type IncomingMessage, request } from 'node:http';

export interface ClientReply {
  readonly status: number;
  readonly body: string;
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
  async send(method: string, path: string, body = ''): Promise<ClientReply> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const headers = { ...this.#headers, 'content-length': Buffer.byteLength(body) };
    request(new URL(path, this.#url), { method, agent: this.#agent, headers }, resolve)
      .on('error', reject)
      .end(body);
    const response = await promise;
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
