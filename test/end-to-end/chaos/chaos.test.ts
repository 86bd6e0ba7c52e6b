/**
 * Four processes of one controller, a thousand users who come, move and leave, while processes are killed and the
 * database is restarted. CHAOS_SEED repeats a run, as far as chance is ours: which deeds, which victims, in which order.
 */
import type { StartedLoadTest } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { DividedController } from '../../support/divided-controller.ts';
import { startTestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ControllerFleet } from './support/controller-fleet.ts';
import { PersistentCaller } from './support/persistent-caller.ts';
import { SeededChance } from './support/seeded-chance.ts';
import { UserStory } from './support/user-story.ts';
import { Witness } from './support/witness.ts';

const processes = 4;
const users = 1_000;
const seats = 300;
const atOnce = 48;
const kills = 8;
/** A shutdown that waits for nobody, and a crash that has to be recovered from. */
const databaseSignals = ['SIGINT', 'SIGQUIT'] as const;
/** Leases of processes that died end after 45 s at the latest. */
const settleMs = 120_000;

it('keeps every promise while processes are killed and the database is restarted', {
  timeout: 480_000,
}, async () => {
  const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 32));
  process.stderr.write(`chaos: CHAOS_SEED=${seed} repeats this run\n`);
  const chance = new SeededChance(seed);
  await using server = await startTestServer();
  await using database = await server.createDatabase({ maxConnections: 3 });
  await using controller = await DividedController.make(database);
  const fleet = await ControllerFleet.start(controller, processes);
  const caller = new PersistentCaller(fleet.ports);
  try {
    const witness = new Witness(database.db);
    await witness.watch();
    const adminToken = await controller.adminToken();
    const admin = { headers: { authorization: `Bearer ${adminToken}` } };
    const begun = await caller.ask({ method: 'POST', path: '/load-tests', ...admin, body: { users } });
    expect(begun.status, begun.body).toBe(201);
    const test: StartedLoadTest = JSON.parse(begun.body);
    const common = {
      template: test.template,
      seats: await witness.makeSeats(seats),
      adminToken,
      caller,
      chance,
    };
    const stories = test.users.map((user) => new UserStory({ ...common, user }));

    await untilAllAreTold(
      stories,
      disturbances({ chance, fleet, kill: (signal) => process.kill(server.server.pid, signal) }),
    );
    process.stderr.write(`chaos: ${caller.failures} attempts came to nothing and were repeated\n`);
    await untilSettled(witness, test.template, fleet);

    expect(await witness.wrongs()).toEqual([]);
    const places = await witness.places();
    const expected = stories.map(({ userId, whereabouts }) => ({ user: userId, ...whereabouts }));
    expect([...places.values()].sort(byUser)).toEqual(expected.sort(byUser));
    const audited = await witness.audited();
    const present = [...places.values()].filter(({ session }) => session !== null);
    expect([...audited.values()].sort(byUser)).toEqual(present.sort(byUser));
    const chain = await caller.ask({ method: 'GET', path: '/audit/verify', ...admin });
    expect(JSON.parse(chain.body)).toMatchObject({ isWhole: true });

    const over = await caller.ask({ method: 'DELETE', path: `/load-tests/${test.id}`, ...admin });
    expect(over.status).toBe(204);
    await waitFor(
      'no desktop is left',
      async () => (await witness.desktopsLeft(test.template)) === 0,
      settleMs,
    );
    expect(await fleet.stop()).toEqual(Array.from({ length: processes }, () => 0));
  } finally {
    caller.close();
    await fleet.stop();
  }
});

function byUser(one: { user: string }, other: { user: string }): number {
  return one.user < other.user ? -1 : 1;
}

interface Disturber {
  readonly chance: SeededChance;
  readonly fleet: ControllerFleet;
  /** Tell the database server a signal; whoever looks after it starts it again. */
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** @returns what happens at which share of all that is done, the earliest first */
function disturbances({
  chance,
  fleet,
  kill,
}: Disturber): { readonly at: number; readonly happen: () => void }[] {
  const deaths = Array.from({ length: kills }, () => ({
    at: 0.02 + chance.next() * 0.95,
    happen: () => void fleet.killOne(chance),
  }));
  const restarts = databaseSignals.map((signal, index) => ({
    at: (index + 0.3 + chance.next() * 0.4) / databaseSignals.length,
    happen: () => kill(signal),
  }));
  return [...deaths, ...restarts].sort((one, other) => one.at - other.at);
}

/** Tell every story to its end, so many at once, with the disturbances in between. */
async function untilAllAreTold(
  stories: readonly UserStory[],
  coming: { readonly at: number; readonly happen: () => void }[],
): Promise<void> {
  const total = stories.reduce((sum, { deeds }) => sum + deeds.length, 0);
  const left = stories.values();
  let done = 0;
  const tell = async (): Promise<void> => {
    for (const story of left) {
      for (const deed of story.deeds) {
        await story.do(deed);
        done += 1;
        while ((coming[0]?.at ?? 1) * total < done) coming.shift()?.happen();
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, tell));
  expect(coming).toEqual([]);
}

async function untilSettled(witness: Witness, template: string, fleet: ControllerFleet): Promise<void> {
  let unsettled: string[] = [];
  const look = async (): Promise<boolean> => {
    // The database may be on its way back.
    unsettled = await witness.unsettled(template).catch((caught: unknown) => [String(caught)]);
    return unsettled.length === 0;
  };
  await waitFor('everything to come to rest', look, settleMs).catch((cause: unknown) => {
    throw new Error(`${unsettled.join('\n')}\n${fleet.logs}`, { cause });
  });
}
