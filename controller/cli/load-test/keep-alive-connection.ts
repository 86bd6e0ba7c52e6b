import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';

const endOfHead = '\r\n\r\n';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/**
 * One kept HTTP/1.1 connection that sends a request and waits for its answer, at the least cost: the load comes from
 * one process, mostly on the machine of what it measures. Answers must tell their length, as those of the API do.
 */
export class KeepAliveConnection {
  readonly #socket: Socket;
  readonly #host: string;
  #text = '';
  #waiting: PromiseWithResolvers<Reply> | undefined;

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => this.#read(String(chunk)));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the controller closed the connection')));
  }

  /**
   * @param tls whom to believe, for https
   * @throws what the system says when nobody listens, or the certificate is not to be believed
   */
  static async open(url: URL, tls: ConnectionOptions, signal: AbortSignal): Promise<KeepAliveConnection> {
    const isSecure = url.protocol === 'https:';
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const port = Number(url.port || (isSecure ? 443 : 80));
    const socket = isSecure
      ? connectSecurely({ ...tls, host, port })
      : connect({ host, port, noDelay: true });
    try {
      await once(socket, isSecure ? 'secureConnect' : 'connect', { signal });
    } catch (caught) {
      socket.destroy();
      throw caught;
    }
    socket.setNoDelay(true);
    return new KeepAliveConnection(socket, url.host);
  }

  /** One at a time. @throws when the connection ends before the answer */
  post(path: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<Reply> {
    const json = JSON.stringify(body);
    const all = {
      host: this.#host,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(json)),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#waiting = Promise.withResolvers();
    if (this.#socket.destroyed) this.#waiting.reject(new Error('the controller closed the connection'));
    else this.#socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${json}`);
    return this.#waiting.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#text += chunk;
    const headEnd = this.#text.indexOf(endOfHead);
    if (headEnd < 0) return;
    const bodyStart = headEnd + endOfHead.length;
    const length = Number(/^content-length: *(\d+)/im.exec(this.#text.slice(0, headEnd))?.[1] ?? 0);
    if (this.#text.length < bodyStart + length) return;
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(this.#text)?.[1] ?? 0);
    const body = Buffer.from(this.#text.slice(bodyStart, bodyStart + length), 'latin1').toString('utf8');
    this.#text = '';
    this.#waiting?.resolve({ status, body });
  }
}
