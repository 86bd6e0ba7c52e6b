/**
 * Credentials of the embedded broker. A device's password and a join token's secret are random and long, so
 * their SHA-256 is kept; comparing takes the same time whatever the difference is.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isDeviceId, noncePattern } from '@homeroom/protocol';
import { openClaimPassword } from '@homeroom/protocol/join-token';
import type { RelayCredentialSource } from '../fleet/ports.ts';
import { relayUserPrefix } from '../power/relay-topics.ts';
import type { Identity } from './access-rules.ts';
import type { Authenticator, Login } from './authenticator.ts';

/** Where credentials are looked up. Hashes are SHA-256 as hex. */
export interface CredentialSource {
  /**
   * @returns the hash of a device's password; undefined when there is no such device
   * @throws device_revoked when its credential was withdrawn
   */
  deviceHash(device: string): Promise<string | undefined>;
  /** @returns the hash of a join token's secret; undefined unless the token can still be used */
  claimHash(tokenId: string): Promise<string | undefined>;
}

export interface CredentialAuthenticatorOptions {
  readonly source: CredentialSource;
  /** Undefined for no relays. */
  readonly relays?: RelayCredentialSource | undefined;
  /** Undefined for no observer. */
  readonly observerPassword?: string | undefined;
  /** Of other processes of this controller; undefined for none. */
  readonly controllerPassword?: string | undefined;
}

/** As which other processes of the controller sign in. */
export const controllerUser = 'controller';
const claimClientPrefix = 'enrol-';
const claimUserPrefix = 'claim-';

export class CredentialAuthenticator implements Authenticator {
  readonly #source: CredentialSource;
  readonly #relays: RelayCredentialSource | undefined;
  readonly #observerHash: string | undefined;
  readonly #controllerHash: string | undefined;

  constructor({ source, relays, observerPassword, controllerPassword }: CredentialAuthenticatorOptions) {
    this.#source = source;
    this.#relays = relays;
    this.#observerHash = hashOf(observerPassword);
    this.#controllerHash = hashOf(controllerPassword);
  }

  async authenticate(login: Login): Promise<Identity | undefined> {
    const { username, password } = login;
    if (username === 'observer') {
      return isRight(password, this.#observerHash) ? { kind: 'observer' } : undefined;
    }
    if (username === controllerUser)
      return isRight(password, this.#controllerHash) ? { kind: 'controller' } : undefined;
    if (username === 'claim' || username.startsWith(claimUserPrefix)) return this.#claim(login);
    const relay = username.startsWith(relayUserPrefix) ? await this.#relay(login) : undefined;
    if (relay) return relay;
    // One device, one client id: so a device can push off nobody but its own old connection.
    if (username !== login.clientId || !isDeviceId(username)) return undefined;
    const hash = await this.#source.deviceHash(username);
    return isRight(password, hash) ? { kind: 'device', device: username } : undefined;
  }

  /** Relays choose their client id themselves, and many of them cannot be told another. */
  async #relay({ username, password }: Login): Promise<Identity | undefined> {
    const id = username.slice(relayUserPrefix.length);
    const known = await this.#relays?.relayOf(id);
    if (!known || !isRight(password, known.hash)) return undefined;
    return { kind: 'relay', relay: id, speaks: known.speaks, topic: known.topic };
  }

  async #claim({ username, password, clientId }: Login): Promise<Identity | undefined> {
    const nonce = clientId.startsWith(claimClientPrefix) ? clientId.slice(claimClientPrefix.length) : '';
    if (!noncePattern.test(nonce)) return undefined;
    // Without a token one may ask; the policy decides what the answer is.
    const hash =
      username === 'claim'
        ? sha256(openClaimPassword).toString('hex')
        : await this.#source.claimHash(username.slice(claimUserPrefix.length));
    return isRight(password, hash) ? { kind: 'claim', nonce } : undefined;
  }
}

function isRight(password: string, hash: string | undefined): boolean {
  return hash !== undefined && timingSafeEqual(sha256(password), Buffer.from(hash, 'hex'));
}

function hashOf(password: string | undefined): string | undefined {
  return password === undefined ? undefined : sha256(password).toString('hex');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
