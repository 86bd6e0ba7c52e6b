import type { Config } from '../config-keys.ts';
import type { Certificates } from '../fleet/certificates.ts';
import { controllerUser } from '../mqtt/credential-authenticator.ts';
import type { RetainedMessage } from '../mqtt/embedded-broker.ts';
import type { MessagingOptions } from '../mqtt/messaging.ts';

export interface BrokerSettingsOptions {
  readonly config: Pick<Config, 'listen' | 'mqttPort' | 'mqttTlsPort' | 'mqttUrl' | 'roles'>;
  readonly certificates: Certificates;
  /** By which the processes of one data folder reach the broker that one of them runs. */
  readonly controllerPassword: string;
  readonly retained: () => Promise<Iterable<RetainedMessage>>;
}

/**
 * @returns which broker a process uses: its own, that of the process with the role `mqtt`, or one of the owner's. The
 *   user of the URL tells the last two apart.
 */
export function brokerSettings(options: BrokerSettingsOptions): MessagingOptions['broker'] {
  const { config, certificates, controllerPassword, retained } = options;
  const { listen: host, mqttPort, mqttTlsPort, mqttUrl, roles } = config;
  const isKeeper = roles.includes('mqtt');
  const ca = certificates.caPem;
  if (mqttUrl === undefined) {
    if (isKeeper) return { embedded: { host, port: mqttPort, tlsPort: mqttTlsPort, certificates, retained } };
    const url = `mqtt://${controllerUser}:${controllerPassword}@127.0.0.1:${mqttPort}`;
    return { joined: { url, ca } };
  }
  if (!isKeeper && new URL(mqttUrl).username === controllerUser) return { joined: { url: mqttUrl, ca } };
  return { external: { url: mqttUrl, ca, isBesideKeeper: !isKeeper } };
}
