import type { BrokerCredentials } from '@homeroom/controller/fleet/ports.ts';
import type { BrokerDoor } from '@homeroom/controller/mqtt/controller-link.ts';

/** A broker for one test file, with credentials that the test gives out. */
export interface TestBroker {
  readonly name: string;
  /** Plain MQTT on loopback. */
  readonly port: number;
  readonly tlsPort: number;
  readonly caPem: string;
  readonly door: BrokerDoor;
  readonly credentials: BrokerCredentials;
  readonly observerPassword: string;
  stop(): Promise<void>;
}
