import type { Config } from '../config-keys.ts';

/** Where a started process of the controller is, and what its first start made. */
export interface Started {
  readonly portalUrl: string;
  /** Of the API, or of `/healthz` and `/readyz` in a process without one. */
  readonly httpPort: number;
  readonly mqttUrl: string;
  /** Null where another process, or one of the owner's, is the broker. */
  readonly mqttTlsUrl: string | null;
  /** Absent where this process is not the broker. */
  readonly mqttPort?: number;
  readonly mqttTlsPort?: number;
  /** The accounts that this start made, with their passwords; empty at every later start. */
  readonly accounts: readonly { readonly username: string; readonly password: string }[];
}

export interface StartedFacts {
  readonly config: Pick<Config, 'publicUrl' | 'mqttUrl' | 'mqttPort'>;
  readonly httpPort: number;
  /** Of the broker in this process; undefined for another one's. */
  readonly brokerPorts: { readonly plain: number; readonly tls: number } | undefined;
  readonly accounts: Started['accounts'];
}

/** Put together what a start tells. Never a credential of the broker's. */
export function startedOf({ config, httpPort, brokerPorts: ports, accounts }: StartedFacts): Started {
  const portalUrl = config.publicUrl ?? `http://localhost:${httpPort}`;
  const common = { portalUrl, httpPort, accounts };
  if (!ports) {
    const { protocol, host } = new URL(config.mqttUrl ?? `mqtt://localhost:${config.mqttPort}`);
    return { ...common, mqttUrl: `${protocol}//${host}`, mqttTlsUrl: null };
  }
  return {
    ...common,
    mqttUrl: `mqtt://localhost:${ports.plain}`,
    mqttTlsUrl: `mqtts://localhost:${ports.tls}`,
    mqttPort: ports.plain,
    mqttTlsPort: ports.tls,
  };
}
