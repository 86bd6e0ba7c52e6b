import {
  type CreateRelayRequest,
  type Device,
  device,
  HomeroomError,
  joinToken,
  listOf,
  problem,
  type Relay,
  relay,
  room,
  toError,
  walkList,
} from '@homeroom/protocol';
import * as v from 'valibot';

const answerTimeoutMs = 10_000;
const readiness = v.object({ checks: v.array(v.object({ name: v.string(), ok: v.boolean() })) });

/** The few calls that `homeroom up` makes to its controller, with the admin's bearer token. */
export class ControllerApi {
  readonly #origin: string;
  readonly #bearer: string;

  constructor(options: { httpPort: number; bearer: string }) {
    this.#origin = `http://127.0.0.1:${options.httpPort}`;
    this.#bearer = options.bearer;
  }

  /** @throws HomeroomError with the code that the controller answered, or `start_failed` when it did not answer. */
  async rooms(): Promise<v.InferOutput<typeof room>[]> {
    return await this.#list('/rooms', room);
  }

  /** @throws as {@link rooms} */
  async devices(): Promise<Device[]> {
    return await this.#list('/devices', device);
  }

  /** @throws as {@link rooms} */
  async relays(): Promise<Relay[]> {
    return await this.#list('/relays', relay);
  }

  /** @returns the relay with its credential, which no later call tells. @throws as {@link rooms} */
  async createRelay(request: CreateRelayRequest): Promise<Relay> {
    return await this.#call('POST', '/relays', relay, request);
  }

  /** @returns the relay with a new credential. @throws as {@link rooms} */
  async renewRelay(id: string): Promise<Relay> {
    return await this.#call('PATCH', `/relays/${id}`, relay, { renewCredential: true });
  }

  /** @throws as {@link rooms} */
  async removeRelay(id: string): Promise<void> {
    await this.#call('DELETE', `/relays/${id}`, v.unknown());
  }

  /** Say what hangs on a channel. @throws as {@link rooms} */
  async nameRelayChannel(
    id: string,
    channel: number,
    request: { name: string; load: 'seat'; seat: string },
  ): Promise<void> {
    await this.#call('PUT', `/relays/${id}/channels/${channel}`, v.unknown(), request);
  }

  /** @returns the ids of the devices that are connected. @throws as {@link rooms} */
  async connectedDevices(): Promise<ReadonlySet<string>> {
    return new Set(
      (await this.devices()).filter(({ connection }) => connection === 'ready').map(({ id }) => id),
    );
  }

  /** @returns whether the controller is linked to its broker; false when it does not answer itself */
  async hasBroker(): Promise<boolean> {
    try {
      const response = await fetch(`${this.#origin}/readyz`, {
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      const { checks } = v.parse(readiness, await response.json());
      return checks.some(({ name, ok }) => name === 'broker' && ok);
    } catch {
      // The caller asks again.
      return false;
    }
  }

  /** @throws as {@link rooms} */
  async joinTokens(): Promise<v.InferOutput<typeof joinToken>[]> {
    return await this.#list('/join-tokens', joinToken);
  }

  /**
   * @returns the whole token, which no later call tells
   * @throws as {@link rooms}
   */
  async createJoinToken(request: {
    note: string;
    room?: string;
    host?: boolean;
    uses?: number;
    expiresInS?: number;
  }): Promise<string> {
    const made = await this.#call('POST', '/join-tokens', joinToken, request);
    if (made.token !== undefined) return made.token;
    throw new HomeroomError('start_failed', 'The controller made a join token and did not tell it.');
  }

  #list<S extends v.GenericSchema>(path: string, item: S): Promise<v.InferOutput<S>[]> {
    return walkList(path, (page) => this.#call('GET', page, listOf(item)));
  }

  async #call<S extends v.GenericSchema>(
    method: string,
    path: string,
    schema: S,
    body?: unknown,
  ): Promise<v.InferOutput<S>> {
    try {
      const response = await fetch(`${this.#origin}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#bearer}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      const answer: unknown = response.status === 204 ? undefined : await response.json();
      if (response.ok) return v.parse(schema, answer);
      const told = v.safeParse(problem, answer);
      const detail = told.success ? `${told.output.code}: ${told.output.detail ?? told.output.title}` : '';
      throw new HomeroomError('start_failed', `${method} ${path} was answered ${response.status} ${detail}`);
    } catch (caught) {
      if (caught instanceof HomeroomError) throw caught;
      const cause = toError(caught);
      throw new HomeroomError('start_failed', `${method} ${path} failed: ${cause.message}`, { cause });
    }
  }
}
