import type {
  BrokerCredentials,
  RelayCredentialSource,
  RelayLogin,
} from '@homeroom/controller/fleet/ports.ts';
import type { CredentialSource } from '@homeroom/controller/mqtt/credential-authenticator.ts';
import { HomeroomError } from '@homeroom/protocol';
import { joinTokenSecretHash } from '@homeroom/protocol/join-token';

/** What the embedded broker looks up, kept in memory: the database's part in tests without one. */
export class MemoryCredentials implements CredentialSource, RelayCredentialSource, BrokerCredentials {
  readonly #devices = new Map<string, string | 'revoked'>();
  readonly #claims = new Map<string, string>();
  readonly #relays = new Map<string, { hash: string; speaks: RelayLogin['speaks']; topic: string }>();
  readonly #disconnect: (device: string) => void;

  constructor(disconnect: (device: string) => void) {
    this.#disconnect = disconnect;
  }

  async deviceHash(device: string): Promise<string | undefined> {
    const hash = this.#devices.get(device);
    if (hash === 'revoked') throw new HomeroomError('device_revoked');
    return hash;
  }

  async claimHash(tokenId: string): Promise<string | undefined> {
    return this.#claims.get(tokenId);
  }

  async put(device: string, password: string): Promise<void> {
    this.#devices.set(device, joinTokenSecretHash(password));
    this.#disconnect(device);
  }

  async remove(device: string): Promise<void> {
    this.#devices.set(device, 'revoked');
    this.#disconnect(device);
  }

  async putClaim(tokenId: string, secret: string): Promise<void> {
    this.#claims.set(tokenId, joinTokenSecretHash(secret));
  }

  async removeClaim(tokenId: string): Promise<void> {
    this.#claims.delete(tokenId);
  }

  async relayOf(id: string) {
    return this.#relays.get(id);
  }

  async putRelay({ id, speaks, topic }: RelayLogin, password: string): Promise<void> {
    this.#relays.set(id, { hash: joinTokenSecretHash(password), speaks, topic });
  }

  async removeRelay(id: string): Promise<void> {
    this.#relays.delete(id);
  }
}
