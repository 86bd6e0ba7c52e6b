import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import type { Authenticator } from '@homeroom/controller/mqtt/authenticator.ts';
import type { BrokerEvents } from '@homeroom/controller/mqtt/broker-events.ts';
import type { BrokerLimits } from '@homeroom/controller/mqtt/broker-limits.ts';
import { CredentialAuthenticator } from '@homeroom/controller/mqtt/credential-authenticator.ts';
import { EmbeddedBroker } from '@homeroom/controller/mqtt/embedded-broker.ts';
import { pino } from 'pino';
import { MemoryCredentials } from './memory-credentials.ts';
import type { TestBroker } from './test-broker.ts';

export interface EmbeddedTestBroker extends TestBroker {
  readonly broker: EmbeddedBroker;
  readonly certificates: Certificates;
}

export interface EmbeddedOptions {
  readonly limits?: Partial<BrokerLimits>;
  readonly events?: BrokerEvents;
  readonly authenticator?: Authenticator;
  /** Done between making the broker and its start. */
  readonly prepare?: (broker: EmbeddedBroker) => Promise<void>;
}

const observerPassword = 'observer password';

/** Our own broker on ephemeral ports. */
export async function startEmbedded(options: EmbeddedOptions = {}): Promise<EmbeddedTestBroker> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-broker-'));
  const certificates = await loadOrCreateCertificates(dir);
  let broker: EmbeddedBroker | undefined;
  const credentials = new MemoryCredentials((device) => broker?.disconnect(device));
  broker = new EmbeddedBroker({
    host: '127.0.0.1',
    port: 0,
    tlsPort: 0,
    certificates,
    authenticator:
      options.authenticator ??
      new CredentialAuthenticator({ source: credentials, relays: credentials, observerPassword }),
    events: options.events ?? {},
    limits: options.limits ?? {},
    logger: pino({ level: 'silent' }),
  });
  await options.prepare?.(broker);
  await broker.start();
  const started = broker;
  return {
    name: 'embedded',
    broker,
    certificates,
    port: broker.ports.plain,
    tlsPort: broker.ports.tls,
    caPem: certificates.caPem,
    door: { openStream: () => started.openControllerStream() },
    credentials,
    observerPassword,
    async stop() {
      await started.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
