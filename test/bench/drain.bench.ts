/**
 * How fast statements drain a pool: the plainest one that takes a ready desktop, by where it begins to look, and the two
 * that claims are made of. Turn by turn on the same database, each from a pool that is full again.
 */
import { join } from 'node:path';
import { type ClaimRequest, claim } from '@homeroom/controller/sessions/claim.ts';
import { claimMany } from '@homeroom/controller/sessions/claim-many.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { startEmbeddedServer } from '@homeroom/controller/store/embedded-server.ts';
import { migrate } from '@homeroom/controller/store/migrate.ts';
import { pino } from 'pino';
import { type Figure, printBenchResult } from './figures.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { enrolPupils, fillPool, type Pupil } from './support/claim-school.ts';
import { cpuSeconds } from './support/process-figures.ts';
import { median } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';

const desktops = 600;
const rounds = 7;
const connections = 32;
/** What a burst of that many connections brings together. */
const together = 32;
const maxTries = 5_000;
const logger = pino({ level: 'silent' });

/** @returns how many it took */
type Take = (db: Database, pupils: readonly Pupil[]) => Promise<number>;

interface Contender {
  readonly what: string;
  readonly take: Take;
  /** How many it takes at a time, one when absent; then one connection has them all, as a process does. */
  readonly atOnce?: number;
}

const contenders: readonly Contender[] = [
  { what: 'a plain update, in no order', take: plain('none', '') },
  { what: 'a plain update, in order of the id', take: plain('id', 'order by id') },
  { what: 'a plain update, in order of the place in the table', take: plain('ctid', 'order by ctid') },
  { what: 'a plain update, one of the first twenty by chance', take: byChance() },
  { what: 'a plain update, 32 in one statement', take: plainMany(), atOnce: together },
  { what: 'the claim of one', take: async (db, [pupil]) => ((await claim(db, requestOf(pupil))) ? 1 : 0) },
  {
    what: 'the claim of 32 together',
    take: async (db, pupils) => (await claimMany(db, pupils.map(requestOf))).length,
    atOnce: together,
  },
];

await using folder = await makeBenchFolder();
const server = await startEmbeddedServer({ dataDir: join(folder.path, 'database'), logger });
const db = await openDatabase({ url: server.url, maxConnections: 1, logger });
const pool = await openDatabase({ url: server.url, maxConnections: connections, logger });
try {
  await migrate(db);
  const pupils = await enrolPupils(db, desktops);
  const found = new Map(contenders.map(({ what }) => [what, [] as Round[]]));
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const drained = await drain(contender, pupils);
      if (round > 0) found.get(contender.what)?.push(drained);
    }
    tellProgress(`round ${round} of ${rounds}`);
  }
  printBenchResult({ title: 'Statements that drain a pool', figures: [...found].flatMap(figuresOf) });
} finally {
  await pool.stop();
  await db.stop();
  await server.stop();
}

interface Round {
  readonly perSecond: number;
  readonly databaseMs: number;
}

async function drain({ take, atOnce = 1 }: Contender, pupils: readonly Pupil[]): Promise<Round> {
  await fillPool(db, 'bare', desktops);
  const left = pupils.values();
  const work = async () => {
    for (let some = left.take(atOnce).toArray(); some.length > 0; some = left.take(atOnce).toArray()) {
      const taken = await take(pool, some);
      if (taken !== some.length) throw new Error(`${taken} desktops were taken for ${some.length}`);
    }
  };
  const startedAt = performance.now();
  const cpuBefore = cpuSeconds(server.pid);
  await Promise.all(Array.from({ length: atOnce === 1 ? connections : 1 }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  const databaseMs = ((cpuSeconds(server.pid) - cpuBefore) * 1000) / desktops;
  return { perSecond: desktops / seconds, databaseMs };
}

function figuresOf([what, rounds]: [string, readonly Round[]]): Figure[] {
  const where = what.includes('32') ? 'one connection' : `${connections} connections`;
  const middle = (of: keyof Round) => median(rounds.map((round) => round[of]));
  return [
    { what: `${what}, ${where}`, value: middle('perSecond'), unit: 'desktops/s' },
    { what: `${what}, each costs the database`, value: middle('databaseMs'), unit: 'ms of processor time' },
  ];
}

function requestOf(pupil: Pupil | undefined): ClaimRequest {
  return { userId: pupil?.id ?? '', templateId: 'bare', seatId: null, actor: systemActor };
}

function plainSql(order: string, limit = 'limit 1'): string {
  return `update desktops set state = 'claimed', claimed_at = now() where id in (
    select id from desktops where template_id = 'bare' and state = 'ready' ${order} ${limit} for update skip locked
  ) returning id`;
}

function plain(name: string, order: string): Take {
  const text = plainSql(order).replace('id in', 'id =');
  return async (db) => {
    // The last ones may be locked by others for a moment, those too that an offset only passes over.
    for (let tries = 1; tries <= maxTries; tries += 1) {
      if ((await db.query({ name: `plain.${name}`, text })).length > 0) return 1;
    }
    return 0;
  };
}

function plainMany(): Take {
  const text = plainSql('', 'limit $1');
  return async (db, pupils) => (await db.query({ name: 'plain.many', text }, [pupils.length])).length;
}

/** Near the end of the pool the chosen place may be beyond it: then it takes any. */
function byChance(): Take {
  const text = plainSql('offset floor(random() * 20)').replace('id in', 'id =');
  const any = plain('none', '');
  return async (db, pupils) =>
    (await db.query({ name: 'plain.chance', text })).length > 0 ? 1 : await any(db, pupils);
}
