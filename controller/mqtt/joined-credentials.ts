import type { BrokerCredentials } from '../fleet/ports.ts';

/**
 * Credentials of a broker in another process of this controller: that process looks them up in the database, and cuts
 * a device off when it hears that its credential has changed. So there is nothing to tell.
 */
export class JoinedCredentials implements BrokerCredentials {
  async put(): Promise<void> {
    // Looked up with each login.
  }

  async remove(): Promise<void> {
    // The change of kind `credential` tells it.
  }

  async putClaim(): Promise<void> {
    // Looked up with each login.
  }

  async removeClaim(): Promise<void> {
    // Looked up with each login.
  }

  async putRelay(): Promise<void> {
    // As with devices.
  }

  async removeRelay(): Promise<void> {
    // As with devices.
  }
}
