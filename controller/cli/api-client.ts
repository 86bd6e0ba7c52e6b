import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { type ConnectionOptions, rootCertificates } from 'node:tls';
import { listOf, problem, toError, walkList } from '@homeroom/protocol';
import * as v from 'valibot';
import { CliFault } from './cli-fault.ts';
import { exitCodes } from './exit-codes.ts';
import { KeepAliveConnection } from './load-test/keep-alive-connection.ts';
import { problemText } from './problem-text.ts';

const answerTimeoutMs = 15_000;
const maxAnswerBytes = 4 * 1024 * 1024;

/** Whom a client by TLS believes. */
export interface Trust {
  /** PEM. */
  readonly certificates: readonly string[];
  /** Whether these alone are believed, whatever name the server has; else public authorities are too. */
  readonly isPinned: boolean;
}

export interface ApiClientOptions {
  readonly url: string;
  readonly token: string;
  readonly trust: Trust;
}

/** Asks the controller's HTTP API. */
export class ApiClient {
  readonly #options: ApiClientOptions;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /**
   * @param path below `/api/v1`
   * @returns the answer as the schema types it; undefined for an answer without a body needs `v.undefined()`
   * @throws CliFault: 3 when nobody answers, 1 when the controller refuses
   */
  async call<S extends v.GenericSchema>(
    method: string,
    path: string,
    schema: S,
    body?: unknown,
  ): Promise<v.InferOutput<S>> {
    const { status, text } = await this.#send(method, path, body);
    const answer = parseJson(text);
    if (status >= 200 && status < 300) return this.#check(schema, answer);
    const told = v.safeParse(problem, answer);
    throw new CliFault(
      exitCodes.failed,
      told.success ? problemText(told.output) : `The controller answered ${status}.`,
    );
  }

  /** @returns every record of a list, page after page @throws CliFault as `call` does */
  list<S extends v.GenericSchema>(path: string, item: S): Promise<v.InferOutput<S>[]> {
    return walkList(path, (page) => this.call('GET', page, listOf(item)));
  }

  /** @returns a connection of one's own that is kept, for requests by the thousand. @throws what the system says */
  openConnection(signal: AbortSignal): Promise<KeepAliveConnection> {
    const { url, trust } = this.#options;
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]);
    return KeepAliveConnection.open(new URL(url), tlsOptions(trust), inTime);
  }

  #check<S extends v.GenericSchema>(schema: S, answer: unknown): v.InferOutput<S> {
    const parsed = v.safeParse(schema, answer);
    if (parsed.success) return parsed.output;
    throw new CliFault(
      exitCodes.failed,
      `${this.#options.url} does not answer as a Homeroom controller does.`,
    );
  }

  async #send(method: string, path: string, body: unknown): Promise<{ status: number; text: string }> {
    const { url, token, trust } = this.#options;
    const target = new URL(`/api/v1${path}`, url);
    const content = body === undefined ? undefined : JSON.stringify(body);
    const options = {
      method,
      signal: AbortSignal.timeout(answerTimeoutMs),
      headers: {
        authorization: `Bearer ${token}`,
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...tlsOptions(trust),
    };
    const send = target.protocol === 'https:' ? requestSecurely : requestPlain;
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    send(target, options, resolve).on('error', reject).end(content);
    try {
      const response = await promise;
      return { status: response.statusCode ?? 0, text: await readText(response) };
    } catch (caught) {
      const cause = toError(caught);
      const message = `No controller answers at ${url} (${cause.message}). Is it started? HOMEROOM_DATA_DIR or HOMEROOM_URL names another one.`;
      throw new CliFault(exitCodes.unreachable, message, { cause });
    }
  }
}

function tlsOptions({ certificates, isPinned }: Trust): ConnectionOptions {
  if (!isPinned) return { ca: [...rootCertificates, ...certificates] };
  // A certificate that was bought has no root here: it is trusted by itself.
  return {
    ca: [...certificates],
    allowPartialTrustChain: true,
    checkServerIdentity: () => undefined,
  };
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > maxAnswerBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    // No JSON, so no answer of ours: the schema refuses it.
    return text;
  }
}
