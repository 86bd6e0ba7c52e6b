/** Whatever people, devices, power, processes and the clock do, in whatever order: what must hold of classes holds. */
import type { Database } from '@homeroom/controller/store/database.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { makeGroup, stock } from '../lessons/school.ts';
import { enlist, furnish, seat } from '../sessions/classroom.ts';
import { type Cast, ClassMachine, classEvent, size } from './class-machine.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** None of these may ever give a row. */
const neverSql = {
  'two runs in a room': `select room_id from class_runs where state = 'running' group by 1 having count(*) > 1`,
  'two live sessions of one person': `select user_id from sessions where state <> 'ended' group by 1 having count(*) > 1`,
  'a desktop claimed twice': `select desktop_id from sessions where desktop_id is not null group by 1 having count(*) > 1`,
  'a desktop that is claimed and nobody’s': `select d.id from desktops d left join sessions s on s.desktop_id = d.id and s.state <> 'ended'
    where d.state = 'claimed' and s.id is null`,
  'a run that is over with a seat on its way': `select r.id from class_runs r join class_run_seats c on c.run_id = r.id
    where r.state <> 'running' and c.state = 'now'`,
  'a seat that failed and does not say why': `select seat_id from class_run_seats where state = 'failed' and reason is null`,
  'a seat with somebody else’s session': `select c.seat_id from class_run_seats c join sessions s on s.id = c.session_id
    where s.user_id is distinct from c.user_id`,
};

const lateSql = `select seat_id, step from class_run_seats where state = 'now' and deadline_at <= now()`;
const openSql = `select c.step, c.reason from class_run_seats c join class_runs r on r.id = c.run_id
  where c.state = 'now' or r.state = 'running'`;

async function furnishCast(db: Database): Promise<Cast> {
  await furnish(db);
  const pupils = await enlist(db, size);
  const places = await seat(db, size);
  const seats = places.map(({ seatId }) => seatId);
  const [room] = await db.query<{ id: string }>('select room_id as id from seats where id = $1', [seats[0]]);
  const group = await makeGroup(db, '7b', pupils);
  return { room: room?.id ?? '', group, seats, devices: places.map(({ deviceId }) => deviceId), pupils };
}

async function expectInvariants(db: Database, after: string): Promise<void> {
  for (const [what, sql] of Object.entries(neverSql))
    expect(await db.query(sql), `${what}, after ${after}`).toEqual([]);
}

it('brings every seat to an end by its deadline, one run to a room, one desktop to a person', {
  timeout: 200_000,
}, async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const cast = await furnishCast(db);
  // The same runs each time: a build that fails is to fail again.
  const fixed = { seed: 20_264, numRuns: 25 };
  await fc.assert(
    fc.asyncProperty(fc.array(classEvent, { minLength: 15, maxLength: 50 }), async (events) => {
      await db.query(
        'truncate class_runs, class_run_seats, sessions, desktops, stream_tickets, seatings cascade',
      );
      await db.query(`update devices set state = null, reported = null, desired_screen = 'on'`);
      await stock(db, 60);
      const machine = new ClassMachine(db, cast);
      for (const event of [{ do: 'start' } as const, ...events]) {
        await machine.let(event);
        await expectInvariants(db, JSON.stringify(event));
      }
      // Leases of the dead run out; who lives then looks at every seat, and gives up those that are late.
      await machine.age(30);
      await machine.lookWell();
      expect(await db.query(lateSql)).toEqual([]);
      for (let rounds = 0; rounds < 12; rounds += 1) {
        await machine.age(310);
        await machine.lookWell();
      }
      expect(await db.query(openSql)).toEqual([]);
      await expectInvariants(db, 'everything');
    }),
    fixed,
  );
});
