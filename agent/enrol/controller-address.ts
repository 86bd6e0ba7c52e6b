/** Where a controller is, and where its broker listens for MQTT over TLS. */
export interface ControllerAddress {
  readonly host: string;
  /** Of a broker that is not at the controller's host. */
  readonly mqttHost?: string | undefined;
  readonly mqttPort: number;
}

export const defaultMqttPort = 8883;

/**
 * Read `host`, `host:port` or `[v6 address]:port`.
 *
 * @returns the parts, without a port where none stands, or undefined when the text is no address
 */
export function parseControllerAddress(text: string): { host: string; mqttPort?: number } | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9][A-Za-z0-9._-]*))(?::(\d{1,5}))?$/.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) return undefined;
  if (match?.[3] === undefined) return { host };
  const mqttPort = Number(match[3]);
  return mqttPort >= 1 && mqttPort <= 65_535 ? { host, mqttPort } : undefined;
}

/** @returns the broker's host */
export function brokerHostOf({ host, mqttHost }: Pick<ControllerAddress, 'host' | 'mqttHost'>): string {
  return mqttHost ?? host;
}

/** @returns `host:port` as it stands in a URL. */
export function formatHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
