import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const endOfHead = '\r\n\r\n';

/**
 * One kept HTTP connection that sends a request and waits for its answer, at the least cost: the load comes from the
 * same machine as what is measured.
 */
export class ApiConnection {
  readonly #socket: Socket;
  readonly #host: string;
  #text = '';
  #answered: ((status: number) => void) | undefined;

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setEncoding('latin1').on('data', (chunk) => this.#read(String(chunk)));
  }

  static async open(port: number): Promise<ApiConnection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new ApiConnection(socket, `127.0.0.1:${port}`);
  }

  /** @returns the status */
  post(path: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<number> {
    const json = JSON.stringify(body);
    const lines = Object.entries({
      host: this.#host,
      'content-type': 'application/json',
      'content-length': json.length,
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const answer = new Promise<number>((resolve) => {
      this.#answered = resolve;
    });
    this.#socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${json}`);
    return answer;
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#text += chunk;
    const headEnd = this.#text.indexOf(endOfHead);
    if (headEnd < 0) return;
    const bodyLength = Number(/^content-length: (\d+)/im.exec(this.#text)?.[1] ?? 0);
    if (this.#text.length < headEnd + endOfHead.length + bodyLength) return;
    const status = Number(this.#text.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
    this.#text = '';
    this.#answered?.(status);
  }
}
