/**
 * The controller's side of MQTT as one thing: the embedded broker, that of another process, or an external one; the
 * link to it, and commands. Order of life: the fleet starts before it and stops after it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CommandName, type Result, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type {
  BrokerCredentials,
  FleetMessage,
  Messaging as MessagingPort,
  RefusedDevicePublish,
  RelayCredentialSource,
  RelayTopicMessage,
} from '../fleet/ports.ts';
import { backOffMs } from './back-off.ts';
import type { BrokerEvents } from './broker-events.ts';
import type { BrokerLimits } from './broker-limits.ts';
import { brokerTrust } from './broker-trust.ts';
import { ControllerLink } from './controller-link.ts';
import { CredentialAuthenticator, type CredentialSource } from './credential-authenticator.ts';
import { MqttDeviceCommands } from './device-commands.ts';
import { DynamicSecurity } from './dynamic-security.ts';
import { EmbeddedBroker, type RetainedMessage } from './embedded-broker.ts';
import { EmbeddedCredentials } from './embedded-credentials.ts';
import { JoinedCredentials } from './joined-credentials.ts';
import { Listeners } from './listeners.ts';
import { MosquittoCredentials } from './mosquitto-credentials.ts';

export interface EmbeddedSettings {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly certificates: { readonly certPem: string; readonly keyPem: string };
  /** @returns what the broker had retained when it last ran */
  readonly retained: () => Promise<Iterable<RetainedMessage>>;
  readonly limits?: Partial<BrokerLimits>;
}

export interface ExternalSettings {
  /** With user name and password: a user that may use the dynamic-security plugin. */
  readonly url: string;
  /** PEM of our own CA: trusted beside the public ones, for a broker that has a certificate of ours. */
  readonly ca?: string;
  /** Whether another process listens to the devices and prepares the broker. */
  readonly isBesideKeeper?: boolean;
}

/** The embedded broker of another process of this controller. */
export interface JoinedSettings {
  /** With the user `controller` and its password. */
  readonly url: string;
  readonly ca?: string;
}

export interface MessagingOptions {
  readonly broker:
    | { readonly embedded: EmbeddedSettings }
    | { readonly joined: JoinedSettings }
    | { readonly external: ExternalSettings };
  readonly credentials: CredentialSource;
  /** By which relays come to the embedded broker; without it none may. */
  readonly relays?: RelayCredentialSource;
  readonly observerPassword: string;
  /** By which other processes join the embedded broker; without it none may. */
  readonly controllerPassword?: string;
  readonly presence: { isConnected(device: string): boolean };
  readonly logger: Logger;
}

export class Messaging implements MessagingPort {
  readonly link: ControllerLink;
  readonly publisher: ControllerLink;
  readonly commands: MqttDeviceCommands;
  readonly credentials: BrokerCredentials;
  /** Undefined with an external broker. */
  readonly broker: EmbeddedBroker | undefined;
  readonly #options: MessagingOptions;
  readonly #security: DynamicSecurity | undefined;
  readonly #stopping = new AbortController();
  #preparing: Promise<void> | undefined;
  readonly #refused = new Listeners<[RefusedDevicePublish]>();
  readonly #connected = new Listeners<[string, string]>();
  readonly #sent = new Listeners<[string, CommandName, object]>();

  constructor(options: MessagingOptions) {
    const { broker, logger, presence, observerPassword } = options;
    this.#options = options;
    if ('embedded' in broker) {
      const embedded = this.#createBroker(broker.embedded);
      this.broker = embedded;
      this.credentials = new EmbeddedCredentials({
        disconnect: (device) => embedded.disconnect(device),
        disconnectRelay: (relay) => embedded.disconnectRelay(relay),
      });
      this.link = new ControllerLink({ door: { openStream: () => embedded.openControllerStream() }, logger });
    } else if ('joined' in broker) {
      this.credentials = new JoinedCredentials();
      this.link = new ControllerLink({ door: externalDoor(broker.joined), hears: 'answers', logger });
    } else {
      const door = externalDoor(broker.external);
      this.#security = new DynamicSecurity({ ...door, logger });
      this.credentials = new MosquittoCredentials({ security: this.#security, observerPassword });
      const hears = broker.external.isBesideKeeper ? 'answers' : 'everything';
      this.link = new ControllerLink({ door, hears, logger });
    }
    this.publisher = this.link;
    this.commands = new MqttDeviceCommands({
      publisher: this.link,
      isConnected: (device) => presence.isConnected(device),
      onSent: (device, name, args) => this.#sent.tell(device, name, args),
    });
    this.link.inbound.onDropped(({ parsed, topic, code }) => {
      if ('device' in parsed) this.#refused.tell({ device: parsed.device, topic, code });
    });
    this.link.onMessage(({ parsed, value }) => {
      if (parsed.kind === 'result') this.commands.handleResult(parsed.device, parsed.name, value as Result);
    });
  }

  /**
   * Open the embedded broker, or begin to reach the external one, and link to it.
   * @throws port_in_use, database_unavailable when what was retained cannot be read
   */
  async start(): Promise<void> {
    const { broker } = this.#options;
    if (this.broker && 'embedded' in broker) {
      await this.broker.restore(await broker.embedded.retained());
      await this.broker.start();
    }
    if (this.#security) this.#preparing = this.#prepareExternal(this.#security);
    else this.link.start();
  }

  /** Say good-bye, end every wait, close every connection. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.commands.stop();
    await this.#preparing;
    await this.link.stop();
    await this.#security?.stop();
    await this.broker?.stop();
  }

  isConnected(device: string): boolean {
    return this.#options.presence.isConnected(device);
  }

  deviceLeft(device: string): void {
    this.commands.deviceLeft(device);
  }

  onMessage(listener: (message: FleetMessage) => void): () => void {
    return this.link.onMessage(listener);
  }

  onRelayMessage(listener: (message: RelayTopicMessage) => void): () => void {
    return this.link.inbound.onRelayMessage(listener);
  }

  onConnected(listener: () => void): () => void {
    return this.link.onConnected(listener);
  }

  onPublishRefused(listener: (refused: RefusedDevicePublish) => void): () => void {
    return this.#refused.add(listener);
  }

  onDeviceConnected(listener: (device: string, address: string) => void): () => void {
    return this.#connected.add(listener);
  }

  onCommandSent(listener: (device: string, name: CommandName, args: object) => void): () => void {
    return this.#sent.add(listener);
  }

  /** An external broker may come up after us. The link has no rights there before this is done. */
  async #prepareExternal(security: DynamicSecurity): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await security.start();
        if (!this.#isBesideKeeper && this.credentials instanceof MosquittoCredentials)
          await this.credentials.prepare();
        if (!signal.aborted) this.link.start();
        return;
      } catch (caught) {
        this.#options.logger.warn({ err: toError(caught) }, 'the external broker could not be prepared');
        await security.stop();
        const waitMs = backOffMs(failures, { firstMs: 500, maxMs: 30_000, random: Math.random });
        await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  get #isBesideKeeper(): boolean {
    const { broker } = this.#options;
    return 'external' in broker && broker.external.isBesideKeeper === true;
  }

  #createBroker({ retained: _retained, ...settings }: EmbeddedSettings): EmbeddedBroker {
    const { credentials: source, relays, observerPassword, controllerPassword, logger } = this.#options;
    return new EmbeddedBroker({
      ...settings,
      authenticator: new CredentialAuthenticator({ source, relays, observerPassword, controllerPassword }),
      events: this.#brokerEvents(),
      logger,
    });
  }

  #brokerEvents(): BrokerEvents {
    return {
      publishRefused: ({ identity, topic, code }) => {
        if (identity.kind === 'device') this.#refused.tell({ device: identity.device, topic, code });
      },
      deviceConnected: (device, address) => this.#connected.tell(device, address),
    };
  }
}

/** User name and password stand in the URL, and must not go on in it: URLs get into messages. */
function externalDoor({ url, ca }: ExternalSettings) {
  const parsed = new URL(url);
  const username = decodeURIComponent(parsed.username);
  const password = decodeURIComponent(parsed.password);
  parsed.username = '';
  parsed.password = '';
  return {
    url: parsed.href,
    username,
    password,
    ...(ca === undefined ? {} : { trust: brokerTrust(ca) }),
  };
}
