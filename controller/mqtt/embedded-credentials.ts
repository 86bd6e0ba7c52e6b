import type { BrokerCredentials } from '../fleet/ports.ts';

/**
 * Credentials of the embedded broker: it looks them up where the controller keeps them, so there is
 * nothing to write; what is taken away must only take effect at once.
 */
export class EmbeddedCredentials implements BrokerCredentials {
  readonly #disconnect: (device: string) => void;
  readonly #disconnectRelay: (relay: string) => void;

  constructor(cut: { disconnect: (device: string) => void; disconnectRelay: (relay: string) => void }) {
    this.#disconnect = cut.disconnect;
    this.#disconnectRelay = cut.disconnectRelay;
  }

  async put(device: string): Promise<void> {
    this.#disconnect(device);
  }

  async remove(device: string): Promise<void> {
    this.#disconnect(device);
  }

  async putClaim(): Promise<void> {
    // Looked up with each login.
  }

  async removeClaim(): Promise<void> {
    // Looked up with each login; a claim that stands open can still do nothing but ask.
  }

  async putRelay({ id }: { id: string }): Promise<void> {
    this.#disconnectRelay(id);
  }

  async removeRelay(id: string): Promise<void> {
    this.#disconnectRelay(id);
  }
}
