/**
 * A class of 30 on one host, by a real agent and real X servers. A ready desktop of a host is a place kept: it costs
 * nothing, and its X session starts when somebody claims it. So three spans are told: until 30 places are ready; from
 * 30 claims at once until the last of their X sessions runs; and from the same claims until 30 places are ready again.
 */
import { sessionCookieName } from '@homeroom/controller/http/cookies.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import type { Pool } from '@homeroom/protocol';
import { waitFor } from '../support/wait-for.ts';
import { printBenchResult } from './figures.ts';
import { ApiConnection } from './support/api-connection.ts';
import {
  type BenchController,
  openControllerDatabase,
  startBenchController,
} from './support/bench-controller.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { enrolPupils, type Pupil } from './support/claim-school.ts';
import { startHostAgent } from './support/host-agent.ts';
import { quantile } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const seats = 30;
const template = 'desktop';
const patienceMs = 180_000;
const target = '≤ 60 s';

await using stack = new AsyncDisposableStack();
const folder = stack.use(await makeBenchFolder());
const controller = stack.use(await startBenchController(folder.path));
const db = await openControllerDatabase(folder.path);
stack.defer(() => db.stop());
const pupils = await enrolPupils(db, seats);
// What a first start keeps ready of other templates takes places too.
stack.use(await startHostAgent(controller, { dir: folder.path, capacity: 3 * seats }));
const fillS = await timeFill();
const classroom = await timeClass();
printBenchResult({
  title: `A class of ${seats} on one host, with real X servers`,
  figures: [
    { what: `${seats} places ready, from an empty pool`, value: fillS, unit: 's', target },
    {
      what: `${seats} desktops claimed at once, until the last X session runs`,
      value: classroom.lastS,
      unit: 's',
      target,
    },
    { what: 'from the claim to the running X session, p50', value: classroom.medianMs, unit: 'ms' },
    { what: `${seats} places ready again behind these claims`, value: classroom.refillS, unit: 's', target },
  ],
});

/** @returns seconds until the pool is as large as it was just made */
async function timeFill(): Promise<number> {
  const startedAt = performance.now();
  await controller.ask('PATCH', `/pools/${template}`, { warmMinimum: seats, maximum: 2 * seats });
  await untilReady(controller);
  return secondsSince(startedAt);
}

async function timeClass(): Promise<{ lastS: number; medianMs: number; refillS: number }> {
  const startedAt = performance.now();
  const refilled = (async () => {
    await claimAll(pupils);
    await untilReady(controller);
    return secondsSince(startedAt);
  })();
  const spans = await untilAssigned(db);
  const lastS = secondsSince(startedAt);
  return { lastS, medianMs: quantile(spans, 0.5) * 1_000, refillS: await refilled };
}

async function claimAll(all: readonly Pupil[]): Promise<void> {
  const origin = `http://127.0.0.1:${controller.httpPort}`;
  const claimOne = async ({ cookie, csrfToken }: Pupil) => {
    const connection = await ApiConnection.open(controller.httpPort);
    const headers = { cookie: `${sessionCookieName}=${cookie}`, 'x-csrf-token': csrfToken, origin };
    const status = await connection.post('/api/v1/sessions', headers, { template });
    connection.close();
    if (status !== 201) throw new Error(`a claim was answered with ${status}`);
  };
  await Promise.all(all.map(claimOne));
}

async function untilReady({ ask }: Pick<BenchController, 'ask'>): Promise<void> {
  await waitFor(
    `${seats} places are ready`,
    async () => ((await ask('GET', `/pools/${template}`)) as Pool).ready >= seats,
    patienceMs,
  );
}

/** @returns of each session the seconds from its claim until its X session ran */
async function untilAssigned(database: Database): Promise<number[]> {
  const sql = `
    select extract(epoch from assigned_at - created_at)::real as s from sessions
    where template_id = $1 and assigned_at is not null and state <> 'ended'`;
  return waitFor(
    'every desktop is its pupil’s',
    async () => {
      const rows = await database.query<{ s: number }>(sql, [template]);
      tellProgress(`${rows.length} X sessions run`);
      return rows.length === seats && rows.map(({ s }) => s);
    },
    patienceMs,
  );
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000;
}
