/** A room in which anything happens in any order: people, devices, power, the clock, and processes that die at any line. */
import { randomUUID } from 'node:crypto';
import { ClassRuns } from '@homeroom/controller/classes/class-runs.ts';
import { closeRuns, takeSeats, writeOutcomes } from '@homeroom/controller/classes/class-work.ts';
import { outcomeAfter, planSteps } from '@homeroom/controller/classes/plan-steps.ts';
import type { ClassPowers } from '@homeroom/controller/classes/ports.ts';
import { readSeatFacts, type TakenSeat, withPower } from '@homeroom/controller/classes/read-seat-facts.ts';
import { SeatActions } from '@homeroom/controller/classes/seat-actions.ts';
import { Sessions } from '@homeroom/controller/sessions/sessions.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { HomeroomError, toError } from '@homeroom/protocol';
import fc from 'fast-check';
import { noChanges, silentLogger } from '../../support/postgres.ts';
import { templateId } from '../sessions/classroom.ts';

export const size = 4;

const index = fc.nat({ max: size - 1 });

/** What may happen. `look` is a process that looks once; it may die before or after it has asked for something. */
export const classEvent = fc.oneof(
  fc.record({ do: fc.constant('start' as const) }),
  fc.record({ do: fc.constant('stop' as const), warnS: fc.constantFrom(0, 60) }),
  fc.record({ do: fc.constant('cancel' as const) }),
  fc.record({ do: fc.constant('retry' as const), index }),
  fc.record({ do: fc.constant('age' as const), seconds: fc.constantFrom(1, 20, 130) }),
  fc.record({ do: fc.constant('device' as const), index, state: fc.constantFrom('ready', 'lost') }),
  fc.record({ do: fc.constant('relay' as const), index, obeys: fc.boolean() }),
  fc.record({ do: fc.constant('sit' as const), index, at: index }),
  fc.record({ do: fc.constant('stream' as const), index, isOpen: fc.boolean() }),
  fc.record({ do: fc.constant('leave' as const), index }),
  fc.record({ do: fc.constant('follow' as const) }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('look' as const),
      dies: fc.constantFrom('never', 'never', 'before it asks', 'before it writes'),
    }),
  },
);
export type ClassEvent = typeof classEvent extends fc.Arbitrary<infer E> ? E : never;

export interface Cast {
  readonly room: string;
  readonly group: string;
  readonly seats: readonly string[];
  readonly devices: readonly string[];
  readonly pupils: readonly string[];
}

/** Everything that tells a time of classes is so much older. */
const ageSql = [
  `update class_run_seats set deadline_at = deadline_at - $1::interval, look_again_at = look_again_at - $1::interval,
     step_since = step_since - $1::interval, asked_at = asked_at - $1::interval`,
  `update class_runs set warn_until = warn_until - $1::interval, created_at = created_at - $1::interval`,
  `update sessions set class_ends_at = class_ends_at - $1::interval, class_told_at = class_told_at - $1::interval`,
];

/** Desktops become their users', documents are made and followed. */
const followSql = [
  `update sessions set assigned_at = coalesce(assigned_at, now()) where state in ('starting', 'active', 'detached')`,
  `update devices d set desired_revision = desired_revision + 1, desired = jsonb_build_object('kiosk', jsonb_build_object('url',
     coalesce((select '/desktop/' || s.id from sessions s where s.seat_id = d.seat_id and s.state <> 'ended'), '/kiosk/' || d.id)))`,
  `update devices d set reported = jsonb_build_object('revision', d.desired_revision, 'lock', false,
     'screen', jsonb_build_object('power', d.desired_screen),
     'kiosk', jsonb_build_object('state', 'showing', 'url', d.desired->'kiosk'->>'url', 'loadedAt', null))
   where d.state->>'state' = 'ready'`,
];

export class ClassMachine {
  readonly #db: Database;
  readonly #cast: Cast;
  readonly #sessions: Sessions;
  readonly #runs: ClassRuns;
  readonly #actions: SeatActions;
  readonly #on = new Set<string>();
  readonly #disobedient = new Set<string>();

  constructor(db: Database, cast: Cast) {
    this.#db = db;
    this.#cast = cast;
    this.#sessions = new Sessions({ db, changes: noChanges, logger: silentLogger });
    this.#runs = new ClassRuns({ db, changes: noChanges, powers: this.#powers });
    this.#actions = new SeatActions({
      ...{ db, changes: noChanges, powers: this.#powers, sessions: this.#sessions },
      commands: { send: () => Promise.reject(new HomeroomError('device_offline')) },
    });
  }

  /** Let it happen; what is refused, as it would be to a person, has not happened. */
  async let(event: ClassEvent): Promise<void> {
    try {
      await this.#do(event);
    } catch (caught) {
      if (!(caught instanceof HomeroomError)) throw caught;
    }
  }

  /** One look at everything, by a process that lives. */
  async lookWell(): Promise<void> {
    while ((await this.#look('never')) > 0);
  }

  async age(seconds: number): Promise<void> {
    for (const sql of ageSql) await this.#db.query(sql, [`${seconds} seconds`]);
  }

  async #do(event: ClassEvent): Promise<void> {
    const { room, group, seats, devices, pupils } = this.#cast;
    const by = { actor: systemActor, name: 'Ada' };
    switch (event.do) {
      case 'start': {
        const request = { lesson: null, template: templateId, group, allowShortage: true };
        await this.#runs.start(room, request, by);
        return;
      }
      case 'stop':
        await this.#runs.stop(room, { warnS: event.warnS, powerOff: true }, by);
        return;
      case 'cancel':
        await this.#runs.cancel((await this.#runs.latestOf(room))?.id ?? randomUUID(), systemActor);
        return;
      case 'retry': {
        const run = await this.#runs.latestOf(room);
        await this.#runs.retry(run?.id ?? randomUUID(), seats[event.index] ?? '', systemActor);
        return;
      }
      case 'age':
        await this.age(event.seconds);
        return;
      case 'device':
        await this.#say(devices[event.index] ?? '', event.state);
        return;
      case 'relay':
        this.#disobedient[event.obeys ? 'delete' : 'add'](seats[event.index] ?? '');
        return;
      case 'sit': {
        const claim = { userId: pupils[event.index] ?? '', seatId: seats[event.at] ?? '' };
        await this.#sessions.start({ ...claim, templateId, actor: systemActor });
        return;
      }
      case 'stream':
        await this.#stream(pupils[event.index] ?? '', event.isOpen);
        return;
      case 'leave': {
        const session = await this.#sessions.liveOf(pupils[event.index] ?? '');
        if (session) await this.#sessions.end(session.id, 'logout', systemActor);
        return;
      }
      case 'follow':
        for (const sql of followSql) await this.#db.query(sql);
        return;
      case 'look':
        await this.#look(event.dies);
        return;
    }
  }

  async #look(dies: string): Promise<number> {
    const lease = randomUUID();
    await takeSeats(this.#db, lease, 100);
    const taken = await readSeatFacts(this.#db, lease);
    const powers = new Map((await this.#powers.ofRoom('')).map((power) => [power.seat, power]));
    for (const seat of taken) await this.#work(seat, powers.get(seat.facts.seat), { lease, dies });
    await closeRuns(this.#db);
    return taken.length;
  }

  async #work(
    seat: TakenSeat,
    power: Parameters<typeof withPower>[1],
    { lease, dies }: { lease: string; dies: string },
  ): Promise<void> {
    const { outcome, action } = planSteps(withPower(seat.facts, power), seat);
    if (dies === 'before it asks') return;
    const { signal } = new AbortController();
    const came = action && (await this.#actions.carryOut(action, seat, signal).catch(toError));
    if (dies === 'before it writes') return;
    const after = came instanceof Error ? outcomeAfter(outcome, came) : { ...outcome, ...came };
    await writeOutcomes(this.#db, lease, [after]);
  }

  async #stream(pupil: string, isOpen: boolean): Promise<void> {
    const session = await this.#sessions.liveOf(pupil);
    if (!session) return;
    if (isOpen) await this.#sessions.streamOpened(session.id);
    else await this.#sessions.streamClosed(session.id);
  }

  async #say(device: string, state: string): Promise<void> {
    const said = { state, since: new Date().toISOString(), bootId: 'boot' };
    await this.#db.query('update devices set state = $2 where id = $1', [device, said]);
  }

  get #powers(): ClassPowers {
    return {
      ofRoom: async () =>
        this.#cast.seats.map((seat) => ({
          seat,
          state: this.#on.has(seat) ? ('on' as const) : ('off' as const),
          wanted: null,
          reason: 'It is a test.',
          relay: { id: 'strip-1', channel: 0, on: this.#on.has(seat), online: true, since: null },
          override: null,
          waitsFor: null,
          fault: null,
        })),
      request: async (seat, { action }) => {
        if (this.#disobedient.has(seat)) return;
        this.#on[action === 'on' ? 'add' : 'delete'](seat);
        const device = this.#cast.devices[this.#cast.seats.indexOf(seat)] ?? '';
        await this.#say(device, action === 'on' ? 'ready' : 'disconnected');
      },
    };
  }
}
