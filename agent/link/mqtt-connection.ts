import type { TLSSocket } from 'node:tls';
import { HomeroomError, toError } from '@homeroom/protocol/wire';
import type { MqttClient } from 'mqtt';
import type { Connect, Connection, ConnectOptions, Incoming, PublishOptions } from './connection.ts';
import { openTls } from './open-tls.ts';
import { spkiPin } from './tls-trust.ts';

/** The broker calls a device lost after one and a half times this without a word. */
const keepaliveS = 15;
/** How long a goodbye may take on a connection that may be dead. */
const endTimeoutMs = 1_000;

/**
 * Opens connections by mqtt.js, with its own reconnecting and queueing switched off: its reconnect has no
 * back-off and gives up after a refused credential, its queue has no bound.
 */
export const connectByMqtt: Connect = async (options) => {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  try {
    const [{ MqttClient: Client }, socket] = await Promise.all([
      import('mqtt'),
      openTls({ ...options, signal }),
    ]);
    const client = new Client(() => socket, {
      protocolVersion: 4,
      clientId: options.clientId,
      username: options.username,
      password: options.password,
      clean: true,
      keepalive: keepaliveS,
      reconnectPeriod: 0,
      connectTimeout: options.timeoutMs,
      queueQoSZero: false,
      // Its cache of 65,536 small buffers would cost 8 MB of memory.
      writeCache: false,
      resubscribe: false,
      ...(options.will && {
        will: { ...options.will, payload: Buffer.from(options.will.payload), qos: 1, retain: true },
      }),
    });
    await untilConnected(client, signal);
    return new MqttConnection(client, socket);
  } catch (caught) {
    throw connectFault(toError(caught), options);
  }
};

class MqttConnection implements Connection {
  readonly serverPin: string | undefined;
  readonly #client: MqttClient;
  readonly #socket: TLSSocket;
  readonly #closed: Promise<never>;
  #isClosed = false;

  constructor(client: MqttClient, socket: TLSSocket) {
    this.#client = client;
    this.#socket = socket;
    const certificate = socket.getPeerX509Certificate();
    this.serverPin = certificate && spkiPin(certificate);
    this.#closed = new Promise((_, reject) => {
      client.once('close', () => {
        this.#isClosed = true;
        reject(new HomeroomError('broker_unavailable', 'the connection closed'));
      });
    });
    this.#closed.catch(() => undefined);
  }

  async publish(topic: string, payload: string, options: PublishOptions): Promise<void> {
    await this.#beforeClose(() => this.#client.publishAsync(topic, payload, options));
  }

  async subscribe(topics: readonly string[]): Promise<void> {
    const granted = await this.#beforeClose(() =>
      this.#client.subscribeAsync([...topics], { qos: 1 }).catch(refusedSubscription),
    );
    const refused = granted.find((grant) => grant.qos === 128);
    if (refused) throw new HomeroomError('topic_not_allowed', `the broker refuses ${refused.topic}`);
  }

  onMessage(listener: (message: Incoming) => void): void {
    this.#client.on('message', (topic, payload, packet) => {
      listener({ topic, payload, isRetained: packet.retain });
    });
  }

  onClose(listener: () => void): void {
    this.#closed.catch(listener);
  }

  async end(): Promise<void> {
    if (this.#isClosed) return;
    const timer = setTimeout(() => this.#socket.destroy(), endTimeoutMs);
    this.#client.end();
    await this.#closed.catch(() => undefined);
    clearTimeout(timer);
  }

  /** mqtt.js never answers what was under way when a connection without reconnect closes. */
  #beforeClose<T>(run: () => Promise<T>): Promise<T> {
    return this.#isClosed ? this.#closed : Promise.race([run(), this.#closed]);
  }
}

function untilConnected(client: MqttClient, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      signal.removeEventListener('abort', onAbort);
      client.end(true);
      reject(error);
    };
    const onAbort = () => fail(toError(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    // Stays: an `error` event without a listener would end the process.
    client.on('error', fail);
    client.once('close', () =>
      fail(new HomeroomError('broker_unavailable', 'the broker closed the connection')),
    );
    client.once('connect', () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}

function refusedSubscription(caught: unknown): never {
  throw new HomeroomError('topic_not_allowed', 'the broker refuses a subscription', { cause: caught });
}

/** MQTT 3.1.1, 3.2.2.3: 4 is a wrong user name or password, 5 is a known one that may not connect. */
const connackFaults: Readonly<Record<number, 'device_credential_wrong' | 'device_revoked'>> = {
  4: 'device_credential_wrong',
  5: 'device_revoked',
};

function connectFault(error: Error, options: ConnectOptions): Error {
  if (error instanceof HomeroomError || options.signal.aborted) return error;
  const code = 'code' in error && typeof error.code === 'number' ? connackFaults[error.code] : undefined;
  if (code) return new HomeroomError(code, undefined, { cause: error });
  const where = `${options.host}:${options.port}`;
  if (error.name === 'TimeoutError')
    return new HomeroomError('broker_unavailable', `${where} did not answer within ${options.timeoutMs} ms`, {
      cause: error,
    });
  return new HomeroomError('broker_unavailable', `${where}: ${error.message}`, { cause: error });
}
