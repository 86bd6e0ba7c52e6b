import { join } from 'node:path';
import { type DeviceInfo, errorCodeOf, toError } from '@homeroom/protocol/wire';
import type { AgentOptions, KioskWiring } from './agent-options.ts';
import type { ScreenSituation } from './choose-local-page.ts';
import { brokerHostOf, formatHostPort } from './enrol/controller-address.ts';
import { type Credential, CredentialFile } from './enrol/credential-file.ts';
import { Credentials, type EnrolProgress } from './enrol/credentials.ts';
import { signInKiosk } from './kiosk-sign-in.ts';
import type { Connection } from './link/connection.ts';
import { Link, type LinkStatus } from './link/link.ts';
import { spkiPinOfPem } from './link/tls-trust.ts';

const connectTimeoutMs = 10_000;

export interface ControllerLinkWiring {
  readonly info: () => Promise<DeviceInfo>;
  readonly onDiskFault: (error: Error) => void;
}

/** The device's one controller: how it is trusted, signed in to and reached. */
export class ControllerLink {
  readonly link: Link;
  readonly #options: AgentOptions;
  readonly #credentials: Credentials;
  readonly #changeListeners = new Set<() => void>();
  readonly #trustListeners = new Set<() => void>();
  #enrolment: EnrolProgress | undefined;
  #trustedPem: string | undefined;

  constructor(options: AgentOptions, wiring: ControllerLinkWiring) {
    this.#options = options;
    const { device, identity, config, joinToken, network, bootMs, clock, chance, log } = options;
    this.#credentials = new Credentials({
      device,
      name: config.name,
      info: wiring.info,
      controller: config.controller,
      broker: config.broker,
      joinToken,
      file: new CredentialFile(join(config.dataDir, 'credential.json')),
      ...network,
      onProgress: (progress) => this.#enrolling(progress),
      onDiskFault: wiring.onDiskFault,
      log: log.child({ part: 'enrol' }),
    });
    this.link = new Link({
      device,
      bootId: identity.bootId,
      connectionNumber: () => Math.round(bootMs()),
      connect: (will, signal) => this.#connect(will, signal),
      clock,
      chance,
      log: log.child({ part: 'link' }),
    });
  }

  get credential(): Credential | undefined {
    return this.#credentials.current;
  }

  get situation(): Omit<ScreenSituation, 'hasPage'> {
    return { link: this.link.status, enrolment: this.#enrolment };
  }

  /** What the kiosk's browser needs to reach the controller's pages. */
  readonly kioskWiring: KioskWiring = {
    controllerOrigin: () => this.#origin(),
    pinnedSpki: () => (this.credential ? [spkiPinOfPem(this.credential.caPem)] : []),
    kioskCookie: async () => this.credential && signInKiosk(this.credential),
  };

  async load(serial: string): Promise<void> {
    await this.#credentials.load(serial);
    this.#trustedPem = this.credential?.caPem;
    this.link.onStatus((status) => this.#linkIs(status));
  }

  async stop(): Promise<void> {
    await this.link.stop();
  }

  /** Called when {@link situation} is another. */
  onChange(listener: () => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** Called when the device trusts another CA than before, as after its first enrolment. */
  onNewTrust(listener: () => void): () => void {
    this.#trustListeners.add(listener);
    return () => this.#trustListeners.delete(listener);
  }

  /** @returns the absolute address of a desired page; undefined while the controller is not known */
  resolve(url: string): string | undefined {
    if (!url.startsWith('/')) return url;
    const origin = this.#origin();
    return origin && `${origin}${url}`;
  }

  #origin(): string | undefined {
    return this.credential && `https://${formatHostPort(this.credential.host, this.credential.httpPort)}`;
  }

  async #connect(will: { topic: string; payload: string }, signal: AbortSignal): Promise<Connection> {
    const credential = await this.#credentials.obtain(signal);
    this.#enrolment = undefined;
    this.#trust(credential.caPem);
    try {
      const connection = await this.#options.network.connect({
        host: brokerHostOf(credential),
        port: credential.mqttPort,
        caPem: credential.caPem,
        clientId: credential.device,
        username: credential.device,
        password: credential.password,
        will,
        timeoutMs: connectTimeoutMs,
        signal,
      });
      this.#credentials.connected();
      return connection;
    } catch (caught) {
      this.#credentials.failed(errorCodeOf(caught));
      throw toError(caught);
    }
  }

  #trust(caPem: string): void {
    if (caPem === this.#trustedPem) return;
    this.#trustedPem = caPem;
    for (const listener of this.#trustListeners) listener();
  }

  #enrolling(progress: EnrolProgress): void {
    this.#enrolment = progress;
    if (progress.step === 'pending') {
      const { controller, code } = progress;
      this.#options.log.info('an admin has to accept this device', { controller, code });
    }
    this.#changed();
  }

  #linkIs(status: LinkStatus): void {
    const { device, onLink } = this.#options;
    const controller = this.credential
      ? formatHostPort(brokerHostOf(this.credential), this.credential.mqttPort)
      : 'no controller';
    const text = 'error' in status ? status.error.message : `${status.state} (${device}, ${controller})`;
    onLink({ isConnected: status.state === 'connected', text });
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#changeListeners) listener();
  }
}
