/** Our broker and mosquitto, each with a controller of its own, ready for the same devices. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBenchDatabaseServer } from './bench-database.ts';
import { benchDevices, insertDevices } from './bench-devices.ts';
import { makeBenchFolder } from './bench-folder.ts';
import type { DeviceSwarm } from './device-swarm.ts';
import type { FleetProcess } from './fleet-process.ts';
import { startMosquitto } from './mosquitto.ts';
import { tellProgress } from './tell-progress.ts';
import { Worker } from './worker.ts';

export interface Contestant {
  readonly name: 'embedded' | 'mosquitto';
  /** The process that is the broker. */
  readonly pid: number;
  readonly port: number;
  /** The controller beside it; the embedded broker is in it. */
  readonly fleet: Worker<FleetProcess>;
  /** Its devices. */
  readonly swarm: Worker<DeviceSwarm>;
}

export interface BrokerContest extends AsyncDisposable {
  readonly embedded: Contestant;
  readonly mosquitto: Contestant;
  /** mosquitto’s, for a user who may look into it. */
  readonly mosquittoUrl: string;
}

/** @param count how many devices both know */
export async function openBrokerContest(count: number): Promise<BrokerContest> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await makeBenchFolder());
  const devices = benchDevices(count);
  const server = stack.use(await startBenchDatabaseServer(folder.path));
  const startFleet = async (name: string, mqttUrl?: string) => {
    const dir = join(folder.path, name);
    await mkdir(dir, { mode: 0o711 });
    const database = stack.use(await server.createDatabase(name));
    await insertDevices(database.db, devices);
    const fleet = stack.use(new Worker<FleetProcess>(new URL('./fleet-process.ts', import.meta.url)));
    stack.defer(() => fleet.call('stop', undefined));
    const external = mqttUrl === undefined ? {} : { mqttUrl };
    const swarm = stack.use(new Worker<DeviceSwarm>(new URL('./device-swarm.ts', import.meta.url)));
    const { port } = await fleet.call('start', { databaseUrl: database.url, dir, ...external });
    return { fleet, swarm, port };
  };
  const mosquitto = stack.use(await startMosquitto(folder.path, devices));
  const [own, other] = await Promise.all([startFleet('embedded'), startFleet('mosquitto', mosquitto.url)]);
  const everything = stack.move();
  tellProgress('both brokers run');
  return {
    embedded: { name: 'embedded', pid: own.fleet.pid, ...own },
    mosquitto: { name: 'mosquitto', ...other, pid: mosquitto.pid, port: mosquitto.port },
    mosquittoUrl: mosquitto.url,
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
