/**
 * What a second process of the controller adds: claims through one API, and through two on the same database. A machine
 * of two cores is full with one process, the database and the load; so each process is held to a share of a core, which
 * leaves the database room, and measured without that too.
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { sessionCookieName } from '@homeroom/controller/http/cookies.ts';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { type EmbeddedServer, startEmbeddedServer } from '@homeroom/controller/store/embedded-server.ts';
import { migrate } from '@homeroom/controller/store/migrate.ts';
import { pino } from 'pino';
import { type Figure, printBenchResult } from './figures.ts';
import { ApiConnection } from './support/api-connection.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { checkClaims, enrolPupils, fillPool, type Pupil } from './support/claim-school.ts';
import { holdToShare } from './support/cpu-fence.ts';
import { type LoadedController, startLoadedController } from './support/loaded-controller.ts';
import { cpuSeconds } from './support/process-figures.ts';
import { median } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const claims = 600;
const rounds = 6;
const warmUps = 3;
const connections = 32;
const share = 0.1;
const logger = pino({ level: 'silent' });

/** One round: claims per second, and what each cost. */
interface Round {
  readonly perSecond: number;
  readonly controllerMs: number;
  readonly databaseMs: number;
  /** Of the machine's, busy with the controllers, the database and the load. */
  readonly busyCores: number;
}

interface School {
  readonly db: Database;
  readonly server: EmbeddedServer;
  readonly pupils: readonly Pupil[];
}

await using folder = await makeBenchFolder();
const server = await startEmbeddedServer({ dataDir: join(folder.path, 'database'), logger });
const db = await openDatabase({ url: server.url, maxConnections: 1, logger });
try {
  await migrate(db);
  const school = { db, server, pupils: await enrolPupils(db, claims) };
  const figures = [...(await contest(school, share)), ...(await contest(school, undefined))];
  printBenchResult({ title: 'A second process of the controller', figures });
} finally {
  await db.stop();
  await server.stop();
}

/** @param held the share of a core that each process gets; all of the machine when undefined */
async function contest(school: School, held: number | undefined): Promise<Figure[]> {
  await using first = await startProcess(`first-${held ?? 'free'}`);
  await using second = await startProcess(`second-${held ?? 'free'}`);
  const both = [first, second];
  // What is compiled on the way is no matter here; held to a share it would take minutes.
  for (let round = 0; round < warmUps; round += 1) {
    for (const processes of [[first], [second], both]) await claimAll(school, processes);
  }
  await using one = held === undefined ? undefined : await holdToShare(first.pid, held);
  await using two = held === undefined ? undefined : await holdToShare(second.pid, held);
  if (held !== undefined && !(one && two)) {
    tellProgress('this machine lets nobody hold a process to a share of a core');
    return [];
  }
  const alone: Round[] = [];
  const together: Round[] = [];
  // Turn by turn, so that what else runs on the machine hinders both alike; the two take turns at being alone.
  for (let round = 0; round < rounds; round += 1) {
    const byOne = await claimAll(school, [round % 2 === 0 ? first : second]);
    const byTwo = await claimAll(school, both);
    tellProgress(`${held ?? 'free'}: ${Math.round(byOne.perSecond)}/s, ${Math.round(byTwo.perSecond)}/s`);
    alone.push(byOne);
    together.push(byTwo);
  }
  return figuresOf(held, alone, together);
}

function startProcess(name: string): Promise<LoadedController> {
  return startLoadedController({ dataDir: join(folder.path, name), databaseUrl: server.url, roles: 'api' });
}

/** Every pupil claims once; the connections are shared out among the processes. */
async function claimAll(
  { db, server, pupils }: School,
  processes: readonly LoadedController[],
): Promise<Round> {
  await fillPool(db, 'simulated', claims);
  const links = await Promise.all(
    Array.from({ length: connections }, async (_, at) => {
      const { httpPort } = processes[at % processes.length] ?? { httpPort: 0 };
      return { link: await ApiConnection.open(httpPort), origin: `http://127.0.0.1:${httpPort}` };
    }),
  );
  const pids = processes.map(({ pid }) => pid);
  const spent = () => ({
    controller: pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0),
    database: cpuSeconds(server.pid),
    load: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
  });
  const left = pupils.values();
  const before = spent();
  const startedAt = performance.now();
  await Promise.all(
    links.map(async ({ link, origin }) => {
      for (const pupil of left) await claimOne(link, origin, pupil);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const after = spent();
  for (const { link } of links) link.close();
  await checkClaims(db, pupils.length);
  const controller = after.controller - before.controller;
  const database = after.database - before.database;
  return {
    perSecond: claims / seconds,
    controllerMs: (controller * 1000) / claims,
    databaseMs: (database * 1000) / claims,
    busyCores: (controller + database + after.load - before.load) / seconds,
  };
}

async function claimOne(link: ApiConnection, origin: string, { cookie, csrfToken }: Pupil): Promise<void> {
  const headers = { cookie: `${sessionCookieName}=${cookie}`, 'x-csrf-token': csrfToken, origin };
  const status = await link.post('/api/v1/sessions', headers, { template: 'simulated' });
  if (status !== 201) throw new Error(`a claim was answered with ${status}`);
}

function figuresOf(held: number | undefined, alone: readonly Round[], together: readonly Round[]): Figure[] {
  const where =
    held === undefined
      ? `as the machine has it (${cpus().length} cores for all)`
      : `each process held to ${Math.round(held * 100)} % of a core`;
  const middle = (rounds: readonly Round[], of: keyof Round) => median(rounds.map((round) => round[of]));
  const one = middle(alone, 'perSecond');
  const two = middle(together, 'perSecond');
  const figure = (what: string, value: number, unit: string): Figure => ({
    what: `${what}, ${where}`,
    value,
    unit,
  });
  return [
    figure('one process', one, 'claims/s'),
    figure('two processes', two, 'claims/s'),
    {
      ...figure('what the second adds', (two / one - 1) * 100, '%'),
      ...(held !== undefined && { target: '≥ 70 %, while PostgreSQL has room' }),
    },
    figure('a claim costs one process', middle(alone, 'controllerMs'), 'ms of processor time'),
    figure('a claim costs two processes', middle(together, 'controllerMs'), 'ms of processor time'),
    figure('a claim costs the database', middle(together, 'databaseMs'), 'ms of processor time'),
    figure('busy with two processes', middle(together, 'busyCores'), 'cores'),
  ];
}
