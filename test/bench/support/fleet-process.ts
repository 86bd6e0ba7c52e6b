/**
 * The controller's part that talks with devices, put together by the controller's own code, in a process of
 * its own: with the embedded broker in it, or beside an external one.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { Sessions } from '@homeroom/controller/sessions/sessions.ts';
import { type OpenFleet, openFleet } from '@homeroom/controller/start/open-fleet.ts';
import { openStore } from '@homeroom/controller/start/open-store.ts';
import { Shutdown } from '@homeroom/controller/start/shutdown.ts';
import { pino } from 'pino';
import { waitFor } from '../../support/wait-for.ts';
import { serveParent } from './serve-parent.ts';

const patienceMs = 60_000;
const logger = pino({ level: 'error' }, pino.destination({ fd: 2 }));
const shutdown = new Shutdown(logger);
let fleet: OpenFleet | undefined;

const handlers = {
  /** Start it, and wait for its link to the broker. @returns the embedded broker's plain port, and its CA */
  async start(options: {
    databaseUrl: string;
    dir: string;
    mqttUrl?: string;
  }): Promise<{ port: number; tlsPort: number; caPem: string }> {
    const { databaseUrl, dir, mqttUrl } = options;
    const dataDir = join(dir, 'controller');
    await mkdir(dataDir, { recursive: true });
    const config = {
      listen: '127.0.0.1',
      mqttPort: 0,
      mqttTlsPort: 0,
      mqttUrl,
      databaseUrl,
      roles: ['api' as const, 'mqtt' as const],
    };
    const common = { config, dataDir, logger, shutdown, progress: () => undefined };
    const store = await openStore(common);
    const certificates = await loadOrCreateCertificates(join(dataDir, 'tls'));
    const sessions = new Sessions({ ...store, logger });
    const opened = await openFleet({ ...common, ...store, certificates, sessions, httpPort: () => 8080 });
    fleet = opened;
    await waitFor('the link to the broker', () => opened.messaging.link.isConnected());
    const undecided = 'select 1 from devices where desired_revision = 0 limit 1';
    // At its first start it makes a desired state for each device; no bench is about that.
    await waitFor('desired states', async () => (await store.db.query(undecided)).length === 0, patienceMs);
    const ports = opened.messaging.broker?.ports;
    return { port: ports?.plain ?? 0, tlsPort: ports?.tls ?? 0, caPem: certificates.caPem };
  },

  /** Wait until this many devices are known to be here. */
  async awaitDevices(count: number): Promise<void> {
    await waitFor(`${count} devices`, () => fleet?.fleet.presence.counts().ready === count, patienceMs);
  },

  /** Send commands, each to another of the devices. @returns how long each took until its result was here */
  async roundTrips(plan: { devices: string[]; count: number; inFlight: number }): Promise<number[]> {
    const commands = fleet?.messaging.commands;
    const latencies: number[] = [];
    const left = Array.from({ length: plan.count }, (_, index) => index).values();
    const work = async () => {
      for (const index of left) {
        const startedAt = performance.now();
        await commands?.send(plan.devices[index % plan.devices.length] ?? '', 'identify', {});
        latencies.push(performance.now() - startedAt);
      }
    };
    await Promise.all(Array.from({ length: plan.inFlight }, work));
    return latencies;
  },

  async stop(): Promise<void> {
    await shutdown.run();
  },
};
export type FleetProcess = typeof handlers;

serveParent(handlers);
