/** Claims through the HTTP API, beside the bare claim statement on the same database. */
import { sessionCookieName } from '@homeroom/controller/http/cookies.ts';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { startEmbeddedServer } from '@homeroom/controller/store/embedded-server.ts';
import { pino } from 'pino';
import { ControllerFolder } from '../integration/controller/support/controller-process.ts';
import { type Figure, printBenchResult } from './figures.ts';
import { ApiConnection } from './support/api-connection.ts';
import { checkClaims, enrolPupils, fillPool, type Pupil, templateId } from './support/claim-school.ts';
import { quantile } from './support/quantile.ts';

const claims = 1_000;
const rounds = 5;
const connectionCounts = [8, 32];
const logger = pino({ level: 'silent' });

await using folder = await ControllerFolder.make();
const server = await startEmbeddedServer({ dataDir: `${folder.dataDir}/bench`, logger });
try {
  const controller = folder.start({
    HOMEROOM_DATABASE_URL: server.url.replace('@/', '@localhost/'),
    HOMEROOM_ROLES: 'api',
  });
  const { httpPort } = await controller.untilReady();
  const db = await openDatabase({ url: server.url, maxConnections: 1, logger });
  const pupils = await enrolPupils(db, claims);
  const figures: Figure[] = [];
  for (const connections of connectionCounts)
    figures.push(await compare({ connections, db, pupils, httpPort }));
  await db.stop();
  await controller.stop();
  printBenchResult({ title: 'Claims through the API beside the bare statement', figures });
} finally {
  await server.stop();
}

interface Contest {
  readonly connections: number;
  readonly db: Database;
  readonly pupils: readonly Pupil[];
  readonly httpPort: number;
}

/** Turn by turn, so that a machine that is shared is shared alike; the medians count. */
async function compare(contest: Contest): Promise<Figure> {
  const { connections } = contest;
  const rates = { api: [] as number[], bare: [] as number[] };
  // The first round warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    const bare = await rateOf(contest, claimBare);
    const api = await rateOf(contest, claimByApi);
    process.stderr.write(
      `${connections} connections: API ${Math.round(api)}/s, bare ${Math.round(bare)}/s\n`,
    );
    if (round === 0) continue;
    rates.api.push(api);
    rates.bare.push(bare);
  }
  return {
    what: `claims through the API, ${connections} connections`,
    value: quantile(rates.api, 0.5),
    unit: 'claims/s',
    peer: { name: 'bare SQL statement', value: quantile(rates.bare, 0.5) },
    target: '≥ 50 % of the bare statement',
  };
}

type Claimer = (
  contest: Contest,
) => Promise<{ claimOne: (pupil: Pupil, worker: number) => Promise<void>; stop: () => Promise<void> }>;

/** @returns claims per second */
async function rateOf(contest: Contest, open: Claimer): Promise<number> {
  const { connections, db, pupils } = contest;
  await fillPool(db, pupils.length);
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

async function claimBare({ connections }: Contest) {
  const pool = await openDatabase({ url: server.url, maxConnections: connections, logger });
  return {
    claimOne: async ({ id }: Pupil) => {
      await claim(pool, { userId: id, templateId, seatId: null, actor: systemActor });
    },
    stop: () => pool.stop(),
  };
}

async function claimByApi({ connections, httpPort }: Contest) {
  const links = await Promise.all(Array.from({ length: connections }, () => ApiConnection.open(httpPort)));
  return {
    claimOne: async ({ cookie, csrfToken }: Pupil, worker: number) => {
      const headers = {
        cookie: `${sessionCookieName}=${cookie}`,
        'x-csrf-token': csrfToken,
        origin: `http://127.0.0.1:${httpPort}`,
      };
      const status = await links[worker]?.post('/api/v1/sessions', headers, { template: templateId });
      if (status !== 201) throw new Error(`a claim was answered with ${status}`);
    },
    stop: async () => {
      for (const link of links) link.close();
    },
  };
}
