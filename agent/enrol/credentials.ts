import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { type JoinToken, joinTokenId } from '@homeroom/protocol/join-token';
import {
  type DeviceInfo,
  type EnrolRequest,
  type ErrorCode,
  HomeroomError,
  toError,
} from '@homeroom/protocol/wire';
import type { Connect } from '../link/connection.ts';
import type { Log } from '../log.ts';
import { type Accepted, askToJoin, type JoinLimits } from './ask-to-join.ts';
import { type ControllerAddress, defaultMqttPort } from './controller-address.ts';
import type { Credential, CredentialFile } from './credential-file.ts';
import type { TrustedCa } from './trusted-chain.ts';

/** How far enrolment is, for the kiosk's local page. */
export type EnrolProgress =
  | { readonly step: 'looking' }
  | {
      readonly step: 'asking' | 'pending';
      readonly controller: string;
      readonly caSha256: string;
      readonly code: string;
    };

export interface CredentialsOptions {
  readonly device: string;
  /** What the device would like to be called. */
  readonly name: string | undefined;
  readonly info: () => Promise<DeviceInfo>;
  /** From the configuration; a part that is missing is found by mDNS or taken from the kept credential. */
  readonly controller: { readonly host: string; readonly mqttPort?: number } | undefined;
  /** From the configuration: a broker that is not at the controller's host. */
  readonly broker?: { readonly host: string; readonly mqttPort?: number } | undefined;
  readonly joinToken: JoinToken | undefined;
  readonly file: Pick<CredentialFile, 'path' | 'read' | 'write' | 'remove'>;
  readonly connect: Connect;
  readonly discover: (signal: AbortSignal) => Promise<ControllerAddress[]>;
  readonly fetchTrustedCa: (
    address: ControllerAddress,
    sha256: string | undefined,
    signal: AbortSignal,
  ) => Promise<TrustedCa>;
  readonly onProgress: (progress: EnrolProgress) => void;
  /** Something could not be kept; the agent goes on with what it has in memory. */
  readonly onDiskFault: (error: Error) => void;
  readonly limits: JoinLimits;
  readonly log: Log;
}

/** After so many failed attempts in a row a controller that mDNS found is looked for again. */
const failuresBeforeLooking = 3;

/**
 * The device's credential: kept, asked for when there is none, and asked for again when the controller
 * refuses it and a join token is configured. It never waits between attempts: the link does.
 */
export class Credentials {
  readonly #options: CredentialsOptions;
  /** The same for the life of the process, so that the code on the screen stays as it is. */
  readonly #code = String(randomBytes(4).readUInt32BE() % 1_000_000).padStart(6, '0');
  #current: Credential | undefined;
  /** Whether the credential was refused in a way that asking again may mend. */
  #shallAskAgain = false;
  #failures = 0;

  constructor(options: CredentialsOptions) {
    this.#options = options;
  }

  get current(): Credential | undefined {
    return this.#current;
  }

  /**
   * Take what the disk has. A damaged file is as good as none; one of another machine (a copied card) is
   * removed, so that this device enrols as itself.
   */
  async load(serial: string): Promise<void> {
    const { file, log } = this.#options;
    const kept = await file.read();
    if (kept === 'absent') return;
    if (kept === 'damaged') {
      log.warn('credential file is damaged and not used', { path: file.path });
      return;
    }
    if (kept.serial !== serial || kept.device !== this.#options.device) {
      log.warn('credential file is of another device (a copied card?) and is discarded', {
        device: kept.device,
      });
      await file.remove();
      return;
    }
    this.#current = this.#place(kept);
  }

  /**
   * @returns the credential to connect with, freshly asked for when there is none that may work
   * @throws controller_not_found, controller_not_trusted, and what {@link askToJoin} throws
   */
  async obtain(signal: AbortSignal): Promise<Credential> {
    const current = this.#current;
    if (!current || this.#shallAskAgain) {
      // Should asking fail, the old credential has the next turn: the refusal may have been a fault.
      this.#shallAskAgain = false;
      this.#current = await this.#enrol(signal);
      return this.#current;
    }
    if (this.#failures >= failuresBeforeLooking && !this.#options.controller) {
      this.#current = await this.#lookAgain(current, signal);
    }
    return this.#current ?? current;
  }

  connected(): void {
    this.#failures = 0;
    this.#shallAskAgain = false;
  }

  /**
   * A connection with the current credential failed with `code`. A credential that the controller does not
   * know is asked for again by a join token. One that an admin revoked is not, unless by another token than
   * the one it came by: else the revocation would undo itself.
   */
  failed(code: ErrorCode): void {
    this.#failures += 1;
    const { joinToken } = this.#options;
    if (!joinToken) return;
    const hasOtherToken = joinTokenId(joinToken.secret) !== this.#current?.tokenId;
    this.#shallAskAgain =
      code === 'device_credential_wrong' ||
      code === 'controller_not_trusted' ||
      (code === 'device_revoked' && hasOtherToken);
  }

  async #enrol(signal: AbortSignal): Promise<Credential> {
    const { joinToken, fetchTrustedCa, log } = this.#options;
    let fault: Error = new HomeroomError('controller_not_found');
    for (const address of await this.#candidates(signal)) {
      try {
        const ca = await fetchTrustedCa(address, joinToken?.caSha256, signal);
        return await this.#askAt(address, ca, signal);
      } catch (caught) {
        signal.throwIfAborted();
        fault = toError(caught);
        log.warn('controller did not enrol this device', { controller: address.host, error: fault });
      }
    }
    throw fault;
  }

  async #candidates(signal: AbortSignal): Promise<ControllerAddress[]> {
    const { controller, discover, onProgress } = this.#options;
    if (controller) return [this.#place({ host: controller.host, mqttPort: defaultMqttPort })];
    onProgress({ step: 'looking' });
    return (await discover(signal)).map((found) => this.#place(found));
  }

  /** Lay what is configured over what was kept or found. */
  #place<A extends ControllerAddress>(address: A): A {
    const { controller, broker } = this.#options;
    const at = controller
      ? {
          ...address,
          host: controller.host,
          mqttPort: controller.mqttPort ?? address.mqttPort,
          mqttHost: undefined,
        }
      : address;
    return broker ? { ...at, mqttHost: broker.host, mqttPort: broker.mqttPort ?? defaultMqttPort } : at;
  }

  async #askAt(address: ControllerAddress, ca: TrustedCa, signal: AbortSignal): Promise<Credential> {
    const { connect, joinToken, limits, onProgress, info } = this.#options;
    const progress = { controller: address.host, caSha256: ca.sha256, code: this.#code };
    onProgress({ step: 'asking', ...progress });
    const machine = await info();
    const accepted = await askToJoin(
      connect,
      {
        address,
        caPem: ca.pem,
        secret: joinToken?.secret,
        nonce: randomBytes(16).toString('hex'),
        request: this.#requestOf(machine),
        onPending: () => onProgress({ step: 'pending', ...progress }),
        signal,
      },
      limits,
    );
    return await this.#keep(accepted, address, ca, machine.serial);
  }

  #requestOf(info: DeviceInfo): EnrolRequest {
    const { device, name } = this.#options;
    return { device, code: this.#code, info, ...(name !== undefined && { name }) };
  }

  async #keep(
    accepted: Accepted,
    address: ControllerAddress,
    ca: TrustedCa,
    serial: string,
  ): Promise<Credential> {
    const { joinToken } = this.#options;
    const credential = {
      device: accepted.device,
      password: accepted.password,
      caPem: ca.pem,
      host: address.host,
      httpPort: accepted.httpPort,
      // The port that worked from here, whatever the controller calls it behind a port mapping.
      mqttPort: address.mqttPort,
      ...(address.mqttHost !== undefined && { mqttHost: address.mqttHost }),
      serial,
      ...(joinToken && { tokenId: joinTokenId(joinToken.secret) }),
    };
    await this.#write(credential);
    this.#options.log.info('enrolled', { deviceId: accepted.device, controller: address.host });
    return credential;
  }

  /** The controller may have another address now; only one with the very CA that is trusted counts. */
  async #lookAgain(current: Credential, signal: AbortSignal): Promise<Credential> {
    const { discover, fetchTrustedCa, log } = this.#options;
    this.#failures = 0;
    const sha256 = createHash('sha256').update(new X509Certificate(current.caPem).raw).digest('hex');
    for (const found of await discover(signal)) {
      const address = this.#place(found);
      try {
        await fetchTrustedCa(address, sha256, signal);
      } catch (caught) {
        log.debug('this is not our controller', { controller: address.host, error: toError(caught) });
        continue;
      }
      const moved = { ...current, ...address };
      await this.#write(moved);
      log.info('controller found at another address', { controller: address.host });
      return moved;
    }
    return current;
  }

  async #write(credential: Credential): Promise<void> {
    try {
      await this.#options.file.write(credential);
    } catch (caught) {
      this.#options.onDiskFault(toError(caught));
    }
  }
}
