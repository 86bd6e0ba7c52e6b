import { pipeline } from 'node:stream/promises';
import { listOf, problem, walkList } from '@homeroom/protocol';
import * as v from 'valibot';
import { CliFault } from './cli-fault.ts';
import { exitCodes } from './exit-codes.ts';
import { ask, type HttpRequest, sendRequest, type Trust, tlsOptions } from './http-request.ts';
import { KeepAliveConnection } from './load-test/keep-alive-connection.ts';
import { problemText } from './problem-text.ts';

const connectTimeoutMs = 15_000;
/** A whole school is imported, or years of an audit log are gone through. */
const longWorkMs = 10 * 60_000;

export interface ApiClientOptions {
  readonly url: string;
  readonly token: string;
  readonly trust: Trust;
}

/** What a request carries beside its path. */
export interface RequestBody {
  readonly type: string;
  readonly text: string;
}

/** Asks the controller's HTTP API. */
export class ApiClient {
  readonly #options: ApiClientOptions;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.url;
  }

  /**
   * @param path below `/api/v1`
   * @param body becomes JSON
   * @returns the answer as the schema types it; undefined for an answer without a body needs `v.undefined()`
   * @throws CliFault: 3 when nobody answers, 1 when the controller refuses
   */
  async call<S extends v.GenericSchema>(
    method: string,
    path: string,
    schema: S,
    body?: unknown,
  ): Promise<v.InferOutput<S>> {
    const content = body === undefined ? undefined : { type: 'application/json', text: JSON.stringify(body) };
    return await this.#exchange(this.#request(method, path, content), schema);
  }

  /** Send a file as it is; the controller may take minutes. @throws as `call` does */
  async send<S extends v.GenericSchema>(
    path: string,
    schema: S,
    body: RequestBody,
  ): Promise<v.InferOutput<S>> {
    return await this.#exchange({ ...this.#request('POST', path, body), timeoutMs: longWorkMs }, schema);
  }

  /** Ask for something that takes the controller long. @throws as `call` does */
  async work<S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> {
    return await this.#exchange({ ...this.#request('GET', path), timeoutMs: longWorkMs }, schema);
  }

  /** Hand on an answer that may be larger than memory, as it comes. @throws as `call` does */
  async download(path: string, to: NodeJS.WritableStream): Promise<void> {
    await ask({ ...this.#request('GET', path), timeoutMs: longWorkMs }, async (response) => {
      if (response.statusCode === 200) return await pipeline(response, to);
      response.resume();
      throw new CliFault(exitCodes.failed, `The controller answered ${response.statusCode}.`);
    });
  }

  /** @returns the controller's clock, in milliseconds; undefined when it does not tell @throws CliFault 3 */
  async time(): Promise<number | undefined> {
    const { url, trust } = this.#options;
    const { headers } = await sendRequest({ url, trust, method: 'GET', path: '/healthz', headers: {} });
    const time = Date.parse(headers.date ?? '');
    return Number.isNaN(time) ? undefined : time;
  }

  /** @returns every record of a list, page after page @throws CliFault as `call` does */
  list<S extends v.GenericSchema>(path: string, item: S): Promise<v.InferOutput<S>[]> {
    return walkList(path, (page) => this.call('GET', page, listOf(item)));
  }

  /** @returns a connection of one's own that is kept, for requests by the thousand. @throws what the system says */
  openConnection(signal: AbortSignal): Promise<KeepAliveConnection> {
    const { url, trust } = this.#options;
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs)]);
    return KeepAliveConnection.open(new URL(url), tlsOptions(trust), inTime);
  }

  #request(method: string, path: string, body?: RequestBody): HttpRequest {
    const { url, token, trust } = this.#options;
    const type = body === undefined ? {} : { 'content-type': body.type };
    const headers = { authorization: `Bearer ${token}`, ...type };
    return { url, trust, method, path: `/api/v1${path}`, headers, content: body?.text };
  }

  async #exchange<S extends v.GenericSchema>(request: HttpRequest, schema: S): Promise<v.InferOutput<S>> {
    const { status, text } = await sendRequest(request);
    const answer = parseJson(text);
    if (status < 200 || status >= 300) throw refusalOf(status, answer);
    const parsed = v.safeParse(schema, answer);
    if (parsed.success) return parsed.output;
    throw new CliFault(
      exitCodes.failed,
      `${this.#options.url} does not answer as a Homeroom controller does.`,
    );
  }
}

/** @returns what a refusal of the API says, as a fault for the terminal */
export function refusalOf(status: number, answer: unknown): CliFault {
  const told = v.safeParse(problem, answer);
  const message = told.success ? problemText(told.output) : `The controller answered ${status}.`;
  return new CliFault(exitCodes.failed, message);
}

/** @returns undefined for nothing; what is no JSON is no answer of ours, and the schema refuses it */
export function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
