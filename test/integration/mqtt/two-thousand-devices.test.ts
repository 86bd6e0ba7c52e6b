/** A school that comes up, loses its power at once, and comes up again. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { hashPassword } from '@homeroom/controller/fleet/device-credentials.ts';
import { afterEach, expect, it } from 'vitest';
import { startTestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startTestFleet } from '../fleet/support/test-fleet.ts';

const count = 2_000;
const patienceMs = 120_000;
const swarms: ChildProcess[] = [];

afterEach(() => {
  for (const swarm of swarms) swarm.kill('SIGKILL');
});

it(
  'sees every one of two thousand devices come, be killed and come back',
  async () => {
    await using server = await startTestServer();
    await using database = await server.createDatabase();
    await database.db.query(
      `insert into devices (id, name, credential_hash) select x.id, x.id, x.hash
       from jsonb_to_recordset($1) as x(id text, hash text)`,
      [JSON.stringify(Array.from({ length: count }, (_, index) => credentialOf(`swarm-${index}`)))],
    );
    await using test = await startTestFleet(database);
    const lost = new Set<string>();
    test.messaging.onMessage(({ parsed, value }) => {
      if (parsed.kind === 'device' && JSON.stringify(value).includes('"lost"')) lost.add(parsed.device);
    });
    const inDatabase = async () => {
      const rows = await database.db.query<{ state: string; count: number }>(
        `select state->>'state' as state, count(*) from devices group by 1`,
      );
      return Object.fromEntries(rows.map((row) => [row.state, row.count]));
    };
    const agree = (wanted: 'ready' | 'lost') =>
      waitFor(`all to be ${wanted}`, async () => (await inDatabase())[wanted] === count, patienceMs);

    const first = await startSwarm(test.port, 1);
    await agree('ready');
    expect(test.presence.counts()).toEqual({ ready: count, disconnected: 0, lost: 0 });
    expect(lost.size).toBe(0);

    first.kill('SIGKILL');
    await agree('lost');
    expect(lost.size).toBe(count);
    expect(test.presence.counts()).toEqual({ ready: 0, disconnected: 0, lost: count });

    await startSwarm(test.port, 2);
    await agree('ready');
    expect(test.presence.counts()).toEqual({ ready: count, disconnected: 0, lost: 0 });
    // And the controller's own link.
    expect(test.messaging.broker?.stats().connections).toBe(count + 1);
    expect(test.messaging.link.inbound.counters.dropped).toEqual({});
  },
  patienceMs * 3,
);

function credentialOf(id: string) {
  return { id, hash: hashPassword(`password of ${id}`) };
}

async function startSwarm(port: number, connection: number): Promise<ChildProcess> {
  const path = new URL('./support/device-swarm.ts', import.meta.url);
  const swarm = fork(path, [String(port), String(count), String(connection)], {
    stdio: 'inherit',
    execArgv: [],
  });
  swarms.push(swarm);
  const [message] = await Promise.race([once(swarm, 'message'), once(swarm, 'exit')]);
  if (message !== 'ready') throw new Error(`the swarm ended: ${message}`);
  return swarm;
}
