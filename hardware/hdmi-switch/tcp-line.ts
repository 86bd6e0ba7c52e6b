import { connect } from 'node:net';
import { HomeroomError, toError } from '@homeroom/protocol/wire';
import type { SwitchLine } from './switch-line.ts';

const connectMs = 3_000;
/** So long a switch may take to answer. */
const answerMs = 1_500;
/** One that says nothing is given so long to take what it was told: a connection that is torn down may lose it. */
const lingerMs = 250;
const maxAnswer = 4_096;

/** A line by TCP, opened for each exchange: most switches take one connection at a time, and forget idle ones. */
export class TcpLine implements SwitchLine {
  readonly #host: string;
  readonly #port: number;

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  exchange(bytes: Buffer, isEnough: (answer: string) => boolean, signal: AbortSignal): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const socket = connect({ host: this.#host, port: this.#port, timeout: connectMs });
    let answer = '';
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const fail = (why: string, cause?: Error) =>
      reject(new HomeroomError('hardware_failed', `${this.#host}:${this.#port} ${why}`, { cause }));
    socket.once('connect', () => {
      socket.setTimeout(answerMs);
      socket.write(bytes);
      if (!isEnough(answer)) return;
      socket.setTimeout(lingerMs);
      socket.end();
    });
    socket.on('data', (chunk: Buffer) => {
      answer = `${answer}${chunk.toString('latin1')}`.slice(-maxAnswer);
      // What a switch says that is not understood changes nothing.
      if (answer !== '' && isEnough(answer) && !socket.writableEnded) resolve(answer);
    });
    socket.once('timeout', () => (socket.connecting ? fail('does not answer') : resolve(answer)));
    socket.once('close', () => resolve(answer));
    socket.once('error', (error) => fail(`cannot be used: ${toError(error).message}`, error));
    return promise.finally(() => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
    });
  }
}
