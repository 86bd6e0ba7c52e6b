import { createHash, randomUUID } from 'node:crypto';
import { arch } from 'node:os';
import { HomeroomError, isDeviceId } from '@homeroom/protocol/wire';
import type { Identity, IdentityPort } from '../identity/identity-port.ts';

/** A made-up Pi; its name is its device id, and its numbers follow from its name. */
export class SimulatedIdentity implements IdentityPort {
  readonly #identity: Identity;

  /** @throws config_invalid when the name cannot be a device id */
  constructor(name: string) {
    if (!isDeviceId(name))
      throw new HomeroomError('config_invalid', `a simulated board cannot be called "${name}"`);
    const digest = createHash('sha256').update(`simulated board ${name}`).digest('hex');
    this.#identity = {
      deviceId: name,
      bootId: randomUUID(),
      info: {
        model: 'Raspberry Pi 4 Model B (simulated)',
        serial: digest.slice(0, 16),
        fingerprint: digest.slice(16, 48),
        os: 'Homeroom simulator',
        arch: arch(),
        addresses: ['127.0.0.1'],
      },
    };
  }

  async read(): Promise<Identity> {
    return this.#identity;
  }
}
