/**
 * Claims through the HTTP API, beside the bare claim statement on the same database: the statement for one, which does
 * all that a claim does in the record (the rules, the desktop, the session, the line of the audit log), sent as fast as as
 * many connections to the database take it. The API may be faster than that: what comes together it claims together
 * (see `drain.bench.ts` for what the statements do by themselves).
 */
import { join } from 'node:path';
import { sessionCookieName } from '@homeroom/controller/http/cookies.ts';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { startEmbeddedServer } from '@homeroom/controller/store/embedded-server.ts';
import { migrate } from '@homeroom/controller/store/migrate.ts';
import { pino } from 'pino';
import { type Figure, printBenchResult } from './figures.ts';
import { ApiConnection } from './support/api-connection.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import {
  checkClaims,
  clear,
  enrolPupils,
  fillPool,
  orderPool,
  type Pupil,
  untilAssigned,
} from './support/claim-school.ts';
import { startLoadedController } from './support/loaded-controller.ts';
import { quantile } from './support/statistics.ts';

const claims = 600;
const rounds = 5;
/** What share of the bare statement's rate is to be reached, by the number of connections. */
const targets = new Map([
  [8, '≥ 50 % of the bare statement'],
  [32, '≥ 60 % of the bare statement'],
]);
const logger = pino({ level: 'silent' });

await using folder = await makeBenchFolder();
const server = await startEmbeddedServer({ dataDir: join(folder.path, 'database'), logger });
const db = await openDatabase({ url: server.url, maxConnections: 1, logger });
try {
  await migrate(db);
  const pupils = await enrolPupils(db, claims);
  const api = await contestsOf({ name: 'the API’s role', roles: 'api,mqtt', pupils });
  const whole = await contestsOf({
    name: 'all roles in one process, which assigns each desktop too',
    pupils,
  });
  printBenchResult({
    title: 'Claims through the API beside the bare statement',
    figures: [...api, ...whole],
  });
} finally {
  await db.stop();
  await server.stop();
}

/** @param controller its roles; all of them work beside the API when none are named */
async function contestsOf(controller: {
  name: string;
  roles?: string;
  pupils: readonly Pupil[];
}): Promise<Figure[]> {
  const { name, pupils } = controller;
  const hasBroker = controller.roles === undefined;
  const dataDir = join(folder.path, hasBroker ? 'whole' : 'api');
  await clear(db);
  await using loaded = await startLoadedController({ ...controller, dataDir, databaseUrl: server.url });
  const figures: Figure[] = [];
  for (const connections of targets.keys()) {
    figures.push(await compare({ name, connections, pupils, hasBroker, httpPort: loaded.httpPort }));
  }
  return figures;
}

interface Contest {
  readonly name: string;
  readonly connections: number;
  readonly pupils: readonly Pupil[];
  readonly hasBroker: boolean;
  readonly httpPort: number;
}

/** Turn by turn, so that what else runs on the machine hinders both alike; the medians count. */
async function compare(contest: Contest): Promise<Figure> {
  const { name, connections } = contest;
  const rates = { api: [] as number[], bare: [] as number[] };
  // Kept open over all rounds, as the controller's own are: plans are made once for each.
  const pool = await openDatabase({ url: server.url, maxConnections: connections, logger });
  // The first round warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    await fillPool(db, 'bare', claims);
    const bare = await rateOf(contest, async () => bareClaimer(pool));
    if (contest.hasBroker) await orderPool(db, claims);
    else await fillPool(db, 'simulated', claims);
    const api = await rateOf(contest, openApi);
    if (contest.hasBroker) await untilAssigned(db);
    process.stderr.write(`${name}, ${connections}: ${Math.round(api)}/s, bare ${Math.round(bare)}/s\n`);
    if (round === 0) continue;
    rates.api.push(api);
    rates.bare.push(bare);
  }
  await pool.stop();
  return {
    what: `${name}, ${connections} connections`,
    value: quantile(rates.api, 0.5),
    unit: 'claims/s',
    peer: { name: 'bare SQL statement', value: quantile(rates.bare, 0.5) },
    target: targets.get(connections) ?? '',
  };
}

interface Claimer {
  readonly claimOne: (pupil: Pupil, worker: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** @returns claims per second */
async function rateOf(contest: Contest, open: (contest: Contest) => Promise<Claimer>): Promise<number> {
  const { connections, pupils } = contest;
  const { claimOne, stop } = await open(contest);
  const left = pupils.values();
  const work = async (worker: number) => {
    for (const pupil of left) await claimOne(pupil, worker);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, (_, worker) => work(worker)));
  const seconds = (performance.now() - startedAt) / 1000;
  await stop();
  await checkClaims(db, pupils.length);
  return pupils.length / seconds;
}

function bareClaimer(pool: Database): Claimer {
  return {
    claimOne: async ({ id }) => {
      await claim(pool, { userId: id, templateId: 'bare', seatId: null, actor: systemActor });
    },
    stop: async () => undefined,
  };
}

async function openApi({ connections, httpPort }: Contest): Promise<Claimer> {
  const links = await Promise.all(Array.from({ length: connections }, () => ApiConnection.open(httpPort)));
  return {
    claimOne: async ({ cookie, csrfToken }, worker) => {
      const headers = {
        cookie: `${sessionCookieName}=${cookie}`,
        'x-csrf-token': csrfToken,
        origin: `http://127.0.0.1:${httpPort}`,
      };
      const status = await links[worker]?.post('/api/v1/sessions', headers, { template: 'simulated' });
      if (status !== 201) throw new Error(`a claim was answered with ${status}`);
    },
    stop: async () => {
      for (const link of links) link.close();
    },
  };
}
