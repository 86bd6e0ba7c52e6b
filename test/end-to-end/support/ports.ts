import { freePort } from '../../support/free-port.ts';

export interface Ports {
  readonly http: number;
  readonly mqtt: number;
  readonly mqttTls: number;
}

/** @returns three ports that were free just now; they stay the same over restarts, as an installation's do */
export async function choosePorts(): Promise<Ports> {
  const [http, mqtt, mqttTls] = [await freePort(), await freePort(), await freePort()];
  return { http, mqtt, mqttTls };
}
