/** Many devices in a process of their own. */
import { type BenchDevice, benchDevices } from './bench-devices.ts';
import { MqttDevice } from './mqtt-device.ts';
import { serveParent } from './serve-parent.ts';

/** More than one, because a broker bounds how many connections one address may have. */
const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
/** As many at a time as a listening socket of Debian's mosquitto holds in its queue. */
const atOnce = 100;

const swarm: MqttDevice[] = [];

const handlers = {
  /** Have devices come. @returns how long it took until the last was let in */
  async connect(to: { port: number; count: number; connection: number; caPem?: string }): Promise<number> {
    const devices = benchDevices(to.count);
    const startedAt = performance.now();
    await eachOf([...devices.entries()], ([index, device]) => comeIn(device, index, to));
    return performance.now() - startedAt;
  },

  /** Have all that are connected subscribe and tell that they are here. @returns how long it took */
  async becomeReady(): Promise<number> {
    const startedAt = performance.now();
    await eachOf(swarm, (device) => device.becomeReady());
    return performance.now() - startedAt;
  },

  /** Have all leave. */
  async leave(): Promise<void> {
    await eachOf(swarm.splice(0), (device) => device.leave());
  },
};
export type DeviceSwarm = typeof handlers;

serveParent(handlers);

async function comeIn(
  given: BenchDevice,
  index: number,
  { port, connection, caPem }: { port: number; connection: number; caPem?: string },
): Promise<void> {
  const device = new MqttDevice(given, connection);
  const localAddress = addresses[index % addresses.length] ?? '127.0.0.1';
  await device.connect({ port, localAddress, ...(caPem === undefined ? {} : { caPem }) });
  swarm.push(device);
}

/** Do something with every item, `atOnce` at a time. */
async function eachOf<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const work = async () => {
    for (const item of left) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
