import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControllerProcess } from '../integration/controller/support/controller-process.ts';
import { freePort } from './free-port.ts';

/** Of one process: settings beside those that all share. */
export interface DividedOptions {
  readonly roles: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** One controller whose roles are shared out among processes, with one data folder and one database. */
export class DividedController implements AsyncDisposable {
  readonly dataDir: string;
  readonly mqttPort: number;
  readonly mqttTlsPort: number;
  readonly #databaseUrl: string;
  readonly #processes = new Set<ControllerProcess>();

  private constructor(dataDir: string, databaseUrl: string, [mqttPort, mqttTlsPort]: [number, number]) {
    this.dataDir = dataDir;
    this.#databaseUrl = databaseUrl;
    this.mqttPort = mqttPort;
    this.mqttTlsPort = mqttTlsPort;
  }

  static async make({ url }: { readonly url: string }): Promise<DividedController> {
    const dataDir = await mkdtemp(join(tmpdir(), 'homeroom-divided-'));
    await chmod(dataDir, 0o711);
    return new DividedController(dataDir, url, [await freePort(), await freePort()]);
  }

  /** Start a process; it listens on free ports of loopback, unless told otherwise. */
  start({ roles, environment = {} }: DividedOptions): ControllerProcess {
    const started = new ControllerProcess({
      HOMEROOM_ROLES: roles,
      HOMEROOM_DATA_DIR: this.dataDir,
      HOMEROOM_DATABASE_URL: this.#databaseUrl,
      HOMEROOM_LISTEN: '127.0.0.1',
      HOMEROOM_PORT: '0',
      // In a process with an API it would be a second port.
      ...(roles.includes('api') ? {} : { HOMEROOM_HEALTH_PORT: '0' }),
      HOMEROOM_MQTT_PORT: String(this.mqttPort),
      HOMEROOM_MQTT_TLS_PORT: String(this.mqttTlsPort),
      HOMEROOM_MDNS: 'false',
      HOMEROOM_NODE_RED: 'off',
      HOMEROOM_FIRST_PASSWORD: 'first password',
      ...environment,
    });
    this.#processes.add(started);
    return started;
  }

  /** Of the first process with an API. */
  async adminToken(): Promise<string> {
    return (await readFile(join(this.dataDir, 'controller/admin-token'), 'utf8')).trim();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#processes].map((started) => started.stop()));
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
