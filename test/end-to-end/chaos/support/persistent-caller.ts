import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 120_000;
const attemptTimeoutMs = 30_000;
const pauseMs = 150;

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks one process after another until one gives an answer that means something. */
export class PersistentCaller {
  /** How often an attempt came to nothing. */
  failures = 0;
  readonly #ports: readonly number[];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #next = 0;

  constructor(ports: readonly number[]) {
    this.#ports = ports;
  }

  /**
   * Every call here may be repeated: a lost answer is asked for again.
   *
   * @returns the first answer that is neither a fault of the server nor a plea to come again
   */
  async ask(call: Call): Promise<Answer> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const answer = await this.#attempt(call).catch(() => undefined);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      this.failures += 1;
      if (performance.now() > deadline)
        throw new Error(`${call.method} ${call.path}: ${answer?.status} ${answer?.body ?? 'no answer'}`);
      await sleep(pauseMs);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #attempt({ method, path, headers, body }: Call): Promise<Answer> {
    const json = body === undefined ? '' : JSON.stringify(body);
    this.#next += 1;
    const port = this.#ports[this.#next % this.#ports.length];
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          path: `/api/v1${path}`,
          method,
          agent: this.#agent,
          headers: {
            ...headers,
            ...(json && { 'content-type': 'application/json', 'content-length': json.length }),
          },
          signal: AbortSignal.timeout(attemptTimeoutMs),
        },
        resolve,
      );
      sent.on('error', reject);
      sent.end(json);
    });
    return { status: response.statusCode ?? 0, body: await text(response) };
  }
}
