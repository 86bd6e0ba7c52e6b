/**
 * A room whose seats hang on relays, with agents that do as they are told, on a real database: the session part of a
 * controller, the desired documents, and the class reconciler. Several reconcilers may share it.
 */
import { ClassReconciler } from '@homeroom/controller/classes/class-reconciler.ts';
import { ClassRuns } from '@homeroom/controller/classes/class-runs.ts';
import type { ClassCommands, ClassPowers } from '@homeroom/controller/classes/ports.ts';
import { DesiredReconciler } from '@homeroom/controller/fleet/desired-reconciler.ts';
import { HdmiSwitches } from '@homeroom/controller/power/hdmi-switches.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { type ClassRun, type Desired, HomeroomError, parseTopic } from '@homeroom/protocol';
import { silentLogger } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, enlist, furnish, templateId } from '../sessions/classroom.ts';

export const teacher = { actor: { ...systemActor, username: 'ada' }, name: 'Ada' };

type Power = Awaited<ReturnType<ClassPowers['ofRoom']>>[number];

interface StagedSeat {
  readonly seat: string;
  readonly device: string;
}

export class ClassStage implements AsyncDisposable {
  readonly classroom: Classroom;
  readonly runs: ClassRuns;
  readonly room: string;
  readonly group: string;
  readonly seats: readonly StagedSeat[];
  readonly pupils: readonly string[];
  /** Devices that do not come up, and whose agents say nothing. */
  readonly broken = new Set<string>();
  /** What was asked of devices, as `device command`. */
  readonly asked: string[] = [];
  readonly #on = new Set<string>();
  readonly #desired: DesiredReconciler;

  constructor(facts: {
    classroom: Classroom;
    room: string;
    group: string;
    seats: readonly StagedSeat[];
    pupils: readonly string[];
  }) {
    const { db, changes } = facts.classroom;
    this.classroom = facts.classroom;
    this.room = facts.room;
    this.group = facts.group;
    this.seats = facts.seats;
    this.pupils = facts.pupils;
    this.runs = new ClassRuns({ db, changes, powers: this.powers });
    const publish = async (topic: string, payload: object | undefined) => {
      const parsed = parseTopic(topic);
      if (parsed?.kind === 'device' && payload) await this.#show(parsed.device, payload as Desired);
    };
    this.#desired = new DesiredReconciler({ db, changes, publisher: { publish }, logger: silentLogger });
  }

  /** @returns a stage with everything but the class reconciler started */
  static async set(db: Database, url: string, { size = 30, desktops = 40 } = {}): Promise<ClassStage> {
    const provider = await furnish(db, { minimum: desktops, maximum: desktops + 10 });
    const pupils = await enlist(db, size);
    const [made] = await db.query<{ room: string; group: string }>(
      `with room as (insert into rooms (name) values ('Class') returning id),
        made as (insert into groups (name) values ('7b') returning id),
        members as (insert into group_members (group_id, user_id) select made.id, u from made, unnest($1::uuid[]) u)
       select room.id as room, made.id as group from room, made`,
      [pupils],
    );
    const seats = await db.query<StagedSeat>(
      `with s as (insert into seats (room_id, name) select $1, 'Seat ' || n from generate_series(1, $2) n returning id, name)
       insert into devices (id, name, seat_id) select 'pi-' || replace(s.name, 'Seat ', ''), s.name, s.id from s
       returning id as device, seat_id as seat`,
      [made?.room, size],
    );
    const classroom = new Classroom({ db, url, provider });
    classroom.start();
    const stage = new ClassStage({
      classroom,
      room: made?.room ?? '',
      group: made?.group ?? '',
      seats,
      pupils,
    });
    stage.#desired.start();
    await classroom.whenReady(desktops);
    return stage;
  }

  /** @returns a class reconciler that runs, as one more process would have it */
  reconciler(commands: ClassCommands = this.commands): ClassReconciler & AsyncDisposable {
    const { db, changes, sessions } = this.classroom;
    const reconciler = new ClassReconciler({
      ...{ db, changes, sessions, commands, powers: this.powers, logger: silentLogger },
      screens: new HdmiSwitches({ db, changes }),
    });
    reconciler.start();
    return Object.assign(reconciler, { [Symbol.asyncDispose]: () => reconciler.stop() });
  }

  get powers(): ClassPowers {
    return {
      ofRoom: async () => this.seats.map(({ seat }) => this.#powerOf(seat)),
      request: async (seat, { action }) => {
        const staged = this.seats.find((each) => each.seat === seat);
        if (!staged) throw new HomeroomError('seat_unknown');
        if (action === 'on') this.#on.add(seat);
        else this.#on.delete(seat);
        await this.#say(staged.device, action === 'on' ? 'ready' : 'disconnected');
      },
    };
  }

  get commands(): ClassCommands {
    return {
      send: async (device, name) => {
        this.asked.push(`${device} ${name}`);
        throw new HomeroomError('hardware_absent');
      },
    };
  }

  /** Give the seats power and their agents the word, as if they had been on before. */
  async warmUp(): Promise<void> {
    for (const { seat } of this.seats)
      await this.powers.request(seat, { action: 'on', force: false }, systemActor);
  }

  /** A device that was broken is mended: it says that it is there, if it has power. */
  async mend(device: string): Promise<void> {
    this.broken.delete(device);
    const staged = this.seats.find((each) => each.device === device);
    if (staged && this.#on.has(staged.seat)) await this.#say(device, 'ready');
  }

  isOn(seat: string): boolean {
    return this.#on.has(seat);
  }

  start(): Promise<ClassRun> {
    const request = { lesson: null, template: templateId, group: this.group, allowShortage: false };
    return this.runs.start(this.room, request, teacher);
  }

  stop(warnS: number): Promise<ClassRun> {
    return this.runs.stop(this.room, { warnS, powerOff: true }, teacher);
  }

  async whenRun(what: string, id: string, is: (run: ClassRun) => boolean): Promise<ClassRun> {
    return await waitFor(
      `class run ${what}`,
      async () => {
        const run = await this.runs.get(id);
        return run && is(run) && run;
      },
      30_000,
    );
  }

  /** Have a step of a seat be over time. */
  async expire(run: string, seat: string): Promise<void> {
    const sql = `update class_run_seats set deadline_at = now(), look_again_at = now() where run_id = $1 and seat_id = $2`;
    await this.classroom.db.query(sql, [run, seat]);
    this.classroom.changes.announce({ kind: 'class-run', id: run });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#desired.stop();
    await this.classroom[Symbol.asyncDispose]();
  }

  #powerOf(seat: string): Power {
    const on = this.#on.has(seat);
    const since = new Date().toISOString();
    return {
      seat,
      state: on ? 'on' : 'off',
      wanted: on ? 'on' : 'off',
      reason: 'It is a test.',
      relay: { id: 'strip-1', channel: 0, on, online: true, since },
      override: null,
      waitsFor: null,
      fault: null,
    };
  }

  async #say(device: string, state: 'ready' | 'disconnected'): Promise<void> {
    if (this.broken.has(device)) return;
    const said = { state, since: new Date().toISOString(), bootId: 'boot' };
    await this.classroom.db.query('update devices set state = $2 where id = $1', [device, said]);
    this.classroom.changes.announce({ kind: 'device', id: device });
  }

  async #show(device: string, { revision, kiosk, screen, lock }: Desired): Promise<void> {
    if (this.broken.has(device)) return;
    const url = `https://controller${kiosk.url}`;
    const shown = { state: 'showing', url, loadedAt: new Date().toISOString() };
    const reported = { revision, kiosk: shown, screen: { power: screen.power }, lock };
    await this.classroom.db.query('update devices set reported = $2 where id = $1', [device, reported]);
    this.classroom.changes.announce({ kind: 'device', id: device });
  }
}
