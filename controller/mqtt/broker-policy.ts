/**
 * What the embedded broker answers when aedes asks: may this connection come in, publish, subscribe, receive?
 * The rules are in access-rules.ts; here they meet aedes' hooks. Mended traps of aedes:
 * - an empty client id without a clean session is accepted: refused here ([MQTT-3.1.3-8]);
 * - offline queues are unbounded: every session is made clean;
 * - a refused publish closes the connection silently: it is counted, logged and told here.
 */
import { errorCodeOf, isDeviceId, toError } from '@homeroom/protocol';
import type { Aedes, AedesOptions, Client, ConnectPacket } from 'aedes';
import type { Logger } from 'pino';
import {
  type Identity,
  isKept,
  mayReceive,
  maySubscribe,
  type Refusal,
  refusalOfPublication,
} from './access-rules.ts';
import type { Authenticator } from './authenticator.ts';
import type { BrokerConnection } from './broker-connection.ts';
import type { BrokerEvents } from './broker-events.ts';
import { QuietLog } from './quiet-log.ts';

type Hook<Name extends keyof AedesOptions> = NonNullable<AedesOptions[Name]>;
type AuthenticateCallback = Parameters<Hook<'authenticate'>>[3];

/** CONNACK return codes of MQTT 3.1.1. */
const returnCodes = { identifierRejected: 2, serverUnavailable: 3, badCredential: 4, revoked: 5 } as const;

export interface BrokerPolicyOptions {
  readonly authenticator: Authenticator;
  readonly events: BrokerEvents;
  readonly logger: Logger;
  /** @returns the connection that a stream belongs to */
  readonly connectionOf: (stream: Client['conn']) => BrokerConnection | undefined;
  /** @returns the connection that holds a client id now */
  readonly holderOf: (clientId: string) => BrokerConnection | undefined;
  readonly nowMs: () => number;
}

/** aedes' hooks. `counters` only grow. */
export class BrokerPolicy {
  readonly counters = {
    loginsRefused: 0,
    subscriptionsRefused: 0,
    publishesDelayed: 0,
    slowSubscribersCut: 0,
    publishesRefused: {} as Record<string, number>,
  };
  readonly #options: BrokerPolicyOptions;
  readonly #quiet = new QuietLog();
  /** While the broker stops, wills stay unsaid: the devices are well. */
  isStopping = false;

  constructor(options: BrokerPolicyOptions) {
    this.#options = options;
  }

  readonly preConnect: Hook<'preConnect'> = (client, packet: ConnectPacket, callback) => {
    const connection = this.#options.connectionOf(client.conn);
    if (!connection) return callback(new Error('connection unknown'), false);
    connection.isIdMissing = packet.clientId === '' && packet.clean === false;
    packet.clean = true;
    callback(null, true);
  };

  readonly authenticate: Hook<'authenticate'> = (client, username, password, callback) => {
    const connection = this.#options.connectionOf(client.conn);
    if (!connection || connection.isIdMissing)
      return this.#refuseLogin(client, callback, returnCodes.identifierRejected);
    if (connection.identity) return callback(null, true);
    const login = {
      clientId: client.id,
      username: username ?? '',
      password: password?.toString('utf8') ?? '',
      address: connection.address,
    };
    this.#options.authenticator.authenticate(login).then(
      (identity) => {
        connection.login = login;
        this.#admit(client, connection, identity, callback);
      },
      (caught) => this.#refuseUnchecked(client, callback, caught),
    );
  };

  readonly authorizePublish: Hook<'authorizePublish'> = (client, packet, callback) => {
    const connection = client ? this.#options.connectionOf(client.conn) : undefined;
    if (!client || !connection?.access || !connection.identity) return callback(new Error('not signed in'));
    if (client.closed && this.isStopping) return callback(new Error('the broker stops'));
    const { topic, retain } = packet;
    const payloadBytes = Buffer.byteLength(packet.payload);
    const code = refusalOfPublication(connection.access, { topic, retain, payloadBytes });
    if (code) {
      this.#refusePublish(connection.identity, connection.address, topic, code);
      return callback(new Error(code));
    }
    if (retain && !isKept(connection.access, topic)) packet.retain = false;
    this.#goOnWhenAllowed(client, connection, callback);
  };

  readonly authorizeSubscribe: Hook<'authorizeSubscribe'> = (client, subscription, callback) => {
    const access = this.#options.connectionOf(client.conn)?.access;
    if (access && maySubscribe(access, subscription.topic)) return callback(null, subscription);
    this.counters.subscriptionsRefused += 1;
    // Answers 0x80 for this filter ([MQTT-3.9.3]) and leaves the connection open.
    callback(null, null);
  };

  readonly authorizeForward: Hook<'authorizeForward'> = (client, packet) => {
    const connection = this.#options.connectionOf(client.conn);
    if (!connection?.access || !mayReceive(connection.access, packet.topic)) return null;
    if (!connection.isTooSlow()) return packet;
    this.counters.slowSubscribersCut += 1;
    this.#options.logger.warn({ clientId: client.id }, 'a subscriber that takes too little was cut off');
    connection.stream.destroy();
    return null;
  };

  /** The broker's own stream to the controller needs no credential: nobody else can hold its other end. */
  admitController(connection: BrokerConnection): void {
    connection.admit({ kind: 'controller' }, this.#options.nowMs());
  }

  /** @returns whether the credential that a connection signed in by would let it in now, too */
  async stillAdmits({ login }: BrokerConnection): Promise<boolean> {
    try {
      return login !== undefined && (await this.#options.authenticator.authenticate(login)) !== undefined;
    } catch {
      // Withdrawn, or not to be told now: it comes again and hears which.
      return false;
    }
  }

  /** A packet whose header says that it is too long: nothing more of it is read, so nobody knows its topic. */
  refuseGiant(connection: BrokerConnection): void {
    const code = 'payload_too_large';
    if (connection.identity) {
      this.#refusePublish(connection.identity, connection.address, undefined, code);
      return;
    }
    this.#countRefusedPublish(code);
    if (this.#quiet.isDue(`giant ${connection.address}`, this.#options.nowMs()))
      this.#options.logger.warn({ address: connection.address, code }, 'a giant MQTT packet was refused');
  }

  #refusePublish(identity: Identity, address: string, topic: string | undefined, code: Refusal): void {
    this.#countRefusedPublish(code);
    const key = `publish ${JSON.stringify(identity)} ${topic} ${code}`;
    if (this.#quiet.isDue(key, this.#options.nowMs()))
      this.#options.logger.warn({ identity, address, topic, code }, 'a publish was refused');
    this.#options.events.publishRefused?.({ identity, address, topic, code });
  }

  #countRefusedPublish(code: Refusal): void {
    this.counters.publishesRefused[code] = (this.counters.publishesRefused[code] ?? 0) + 1;
  }

  #admit(
    client: Client,
    connection: BrokerConnection,
    identity: Identity | undefined,
    callback: AuthenticateCallback,
  ): void {
    const holder = this.#options.holderOf(client.id);
    if (!identity || (holder && !holder.yieldsTo(identity))) {
      this.#refuseLogin(
        client,
        callback,
        identity ? returnCodes.identifierRejected : returnCodes.badCredential,
      );
      return;
    }
    connection.admit(identity, this.#options.nowMs());
    if (identity.kind === 'device') {
      const previous = holder?.identity?.kind === 'device' ? holder.address : undefined;
      this.#options.events.deviceConnected?.(identity.device, connection.address, previous);
    }
    callback(null, true);
  }

  #refuseUnchecked(client: Client, callback: AuthenticateCallback, caught: unknown): void {
    const isRevoked = errorCodeOf(caught) === 'device_revoked';
    if (!isRevoked) this.#options.logger.warn({ err: toError(caught) }, 'a login could not be checked');
    this.#refuseLogin(client, callback, isRevoked ? returnCodes.revoked : returnCodes.serverUnavailable);
  }

  #refuseLogin(client: Client, callback: AuthenticateCallback, returnCode: number): void {
    this.counters.loginsRefused += 1;
    const clientId = isDeviceId(client.id) ? client.id : undefined;
    const address = this.#options.connectionOf(client.conn)?.address;
    if (this.#quiet.isDue(`login ${address} ${returnCode}`, this.#options.nowMs()))
      this.#options.logger.info({ clientId, address, returnCode }, 'an MQTT login was refused');
    callback(Object.assign(new Error('login refused'), { returnCode }), false);
  }

  /** A client past its rate waits; aedes reads no more of it meanwhile, so TCP slows it down. */
  #goOnWhenAllowed(client: Client, connection: BrokerConnection, callback: () => void): void {
    const delayMs = client.closed ? 0 : connection.publishDelayMs(this.#options.nowMs());
    if (delayMs === 0) {
      callback();
      return;
    }
    this.counters.publishesDelayed += 1;
    setTimeout(callback, delayMs);
  }
}

/** @returns the hooks as aedes takes them. */
export function hooksOf(policy: BrokerPolicy): Partial<Aedes> {
  const { preConnect, authenticate, authorizePublish, authorizeSubscribe, authorizeForward } = policy;
  return { preConnect, authenticate, authorizePublish, authorizeSubscribe, authorizeForward };
}
