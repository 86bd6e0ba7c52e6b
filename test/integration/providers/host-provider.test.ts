/** The `host` provider with a fake agent on a real broker and a real database. */

import { HostProvider } from '@homeroom/controller/providers/host/host-provider.ts';
import { HostReports } from '@homeroom/controller/providers/host/host-reports.ts';
import type { DesktopReport, Host } from '@homeroom/protocol';
import { HomeroomError } from '@homeroom/protocol';
import { afterAll, beforeAll } from 'vitest';
import { describeProviderContract, type ProviderUnderTest } from '../../contract/provider-contract.ts';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { enrolDevice } from '../fleet/support/enrol-device.ts';
import { FakeAgent } from '../fleet/support/fake-agent.ts';
import { startTestFleet } from '../fleet/support/test-fleet.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

describeProviderContract('host', { hasCold: false, setUp });

async function setUp(): Promise<ProviderUnderTest> {
  const database = await server.createDatabase();
  const test = await startTestFleet(database);
  const { messaging, port } = test;
  const reports = new HostReports({
    db: database.db,
    messaging,
    lookAgain: () => undefined,
    logger: silentLogger,
  });
  reports.start();
  const host = new FakeHost();
  const password = await enrolDevice(test, 'host-1', { host: true });
  const agent = await FakeAgent.connect({ id: 'host-1', password, port, handlers: host.handlers });
  await agent.publish('host', host.report);
  await waitFor(
    'the host to be known',
    async () => (await database.db.query('select from hosts')).length > 0,
  );
  return {
    provider: new HostProvider({ db: database.db, commands: messaging.commands, logger: silentLogger }),
    settings: { application: 'xterm' },
    loseDesktop: async (id) => host.lose(id),
    async stop() {
      await agent[Symbol.asyncDispose]();
      await reports.stop();
      await test[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Keeps desktops as a host agent does, without X. */
class FakeHost {
  readonly #desktops = new Map<string, DesktopReport>();

  get report(): Host {
    return { capacity: 10, isolation: 'own', load: 0.1, faults: [], desktops: [] };
  }

  readonly handlers = {
    'desktop.start': ({ desktop }: Record<string, unknown>): DesktopReport => {
      const id = String(desktop);
      const known = this.#desktops.get(id);
      if (known) return known;
      const report: DesktopReport = {
        desktop: id,
        state: 'running',
        socket: `/run/test/${id.slice(0, 8)}.sock`,
      };
      this.#desktops.set(id, report);
      return report;
    },
    'desktop.poll': ({ desktop }: Record<string, unknown>): DesktopReport => {
      const error = { code: 'desktop_lost', message: 'This host knows no such desktop.' };
      const id = String(desktop);
      return this.#desktops.get(id) ?? { desktop: id, state: 'ended', socket: null, error };
    },
    'desktop.list': () => ({ desktops: [...this.#desktops.values()] }),
    'desktop.stop': ({ desktop }: Record<string, unknown>) => {
      this.#desktops.delete(String(desktop));
    },
  };

  lose(id: string): void {
    const known = this.#desktops.get(id);
    if (!known) throw new HomeroomError('desktop_lost');
    this.#desktops.set(id, { ...known, state: 'ended' });
  }
}
