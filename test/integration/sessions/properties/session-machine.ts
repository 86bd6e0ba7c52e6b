import { randomUUID } from 'node:crypto';
import { SimulatedProvider } from '@homeroom/controller/providers/simulated/simulated-provider.ts';
import { Assigner } from '@homeroom/controller/sessions/assigner.ts';
import { takeDueAssignments } from '@homeroom/controller/sessions/assignment-work.ts';
import { findServableQueues, serveNext } from '@homeroom/controller/sessions/queue.ts';
import { Sessions } from '@homeroom/controller/sessions/sessions.ts';
import { sweepLost, sweepOverdue } from '@homeroom/controller/sessions/sweeps.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { HomeroomError, type Session } from '@homeroom/protocol';
import { noChanges, silentLogger } from '../../../support/postgres.ts';
import type { SessionEvent } from './session-events.ts';

export interface Cast {
  readonly users: readonly string[];
  readonly seats: readonly string[];
  readonly templates: readonly string[];
}

/** All that has a time of its own; moving it back is time that passes. */
const ageSql = `
with sessions_aged as (
  update sessions set created_at = created_at - $1::interval, assigned_at = assigned_at - $1::interval,
    last_input_at = last_input_at - $1::interval, deadline_at = deadline_at - $1::interval,
    kept_until = kept_until - $1::interval, warned_end_at = warned_end_at - $1::interval,
    streams_seen_at = streams_seen_at - $1::interval, look_again_at = look_again_at - $1::interval,
    sweep_at = sweep_at - $1::interval
  where state <> 'ended'
)
update desktops set claimed_at = claimed_at - $1::interval, unhealthy_at = unhealthy_at - $1::interval,
  began_at = began_at - $1::interval, ready_at = ready_at - $1::interval
where state <> 'gone'`;

const seenSql = `update sessions set streams_seen_at = now() where state = 'active'`;

/** Sessions on a real database, driven by hand: nothing happens but what a test lets happen. */
export class SessionMachine {
  readonly #db: Database;
  readonly #cast: Cast;
  readonly #sessions: Sessions;
  readonly #provider = new SimulatedProvider();
  readonly #assigner: Assigner;

  constructor(db: Database, cast: Cast) {
    this.#db = db;
    this.#cast = cast;
    this.#sessions = new Sessions({ db, changes: noChanges, logger: silentLogger });
    const providers = new Map([['simulated', this.#provider]]);
    this.#assigner = new Assigner({ db, changes: noChanges, providers, logger: silentLogger });
  }

  /** Let one thing happen; what people are refused is no fault. */
  async let(event: SessionEvent): Promise<void> {
    try {
      await this.#let(event);
    } catch (caught) {
      if (!(caught instanceof HomeroomError) || caught.code === 'internal') throw caught;
    }
  }

  /** Nobody does anything any more. @returns the live sessions that are left after so many seconds */
  async pass(seconds: number, stepS: number): Promise<number> {
    for (let passed = 0; passed < seconds; passed += stepS) {
      await this.#db.query(ageSql, [`${stepS} seconds`]);
      await this.#look();
    }
    return (await this.#db.query(`select from sessions where state <> 'ended'`)).length;
  }

  async #let(event: SessionEvent): Promise<unknown> {
    switch (event.what) {
      case 'start':
        return await this.#start(event);
      case 'start-twice':
        return await Promise.allSettled([this.#start(event), this.#start(event)]);
      case 'stock':
        return await this.#stock(this.#template(event.template), event.count);
      case 'pass':
        await this.#db.query(ageSql, [`${event.seconds} seconds`]);
        // The processes that relay streams live: they tell of them.
        return await this.#db.query(seenSql);
      case 'crash':
        return await takeDueAssignments(this.#db, { limit: 10, providers: ['simulated'] });
      case 'fail-assignment':
        return this.#provider.addFault({ step: 'assign', how: 'fails', times: 1 });
      case 'look':
        return await this.#look();
      case 'look-twice':
        return await Promise.all([this.#look(), this.#look()]);
      case 'sign-in-at':
        return await this.#sessions.resumeAt({
          userId: this.#user(event.user),
          seatId: this.#seat(event.seat),
          actor: systemActor,
        });
      default:
        return await this.#letUser(event);
    }
  }

  /** What happens to the live session of a user; nothing where there is none. */
  async #letUser(event: Extract<SessionEvent, { user: number }>): Promise<unknown> {
    const session = await this.#sessions.liveOf(this.#user(event.user));
    if (!session) return undefined;
    switch (event.what) {
      case 'open-stream':
        return await this.#sessions.streamOpened(session.id);
      case 'close-stream':
        return await this.#closeStream(session);
      case 'type':
        return await this.#sessions.inputSeen(session.id);
      case 'keep':
        return await this.#sessions.keep(session.id, systemActor);
      case 'end':
        return await this.#sessions.end(session.id, 'logout', systemActor);
      case 'move':
        return await this.#sessions.move(session.id, this.#seat(event.seat), systemActor);
      case 'change-template':
        return await this.#sessions.changeTemplate(session.id, this.#template(event.template), systemActor);
      case 'lose-desktop':
        return await this.#db.query(
          `update desktops set state = 'deleting', deadline_at = now() where id = $1 and state = 'claimed'`,
          [session.desktop],
        );
      case 'desktop-unwell':
        return await this.#db.query(`update desktops set unhealthy_at = now() where id = $1`, [
          session.desktop,
        ]);
      default:
        return undefined;
    }
  }

  /** The gateway tells the end of streams that it has told the opening of, and of no others. */
  async #closeStream({ id, state }: Session): Promise<void> {
    if (state === 'active') await this.#sessions.streamClosed(id);
  }

  async #start(event: { user: number; template: number; seat?: number | null }): Promise<void> {
    const { user, template, seat = null } = event;
    await this.#sessions.start({
      userId: this.#user(user),
      templateId: this.#template(template),
      seatId: seat === null ? null : this.#seat(seat),
      actor: systemActor,
    });
  }

  async #stock(templateId: string, count: number): Promise<void> {
    for (let made = 0; made < count; made += 1) {
      const id = randomUUID();
      const spec = { id, templateId, settings: {}, kind: null, ref: null, hostId: null, isAssigned: false };
      await this.#provider.create(spec, AbortSignal.timeout(10_000));
      await this.#db.query(
        `insert into desktops (id, template_id, provider, state, ready_at)
         values ($1, $2, 'simulated', 'ready', now())`,
        [id, templateId],
      );
    }
  }

  async #look(): Promise<void> {
    const db = this.#db;
    const sweep = { db, changes: noChanges };
    await sweepLost(sweep);
    for (const template of await findServableQueues(db)) while (await serveNext(db, template));
    await this.#assigner.beginDue(AbortSignal.timeout(10_000), () => undefined);
    await this.#assigner.settled();
    await sweepOverdue(sweep);
  }

  #user(index: number): string {
    return this.#cast.users[index] ?? '';
  }

  #seat(index: number): string {
    return this.#cast.seats[index] ?? '';
  }

  #template(index: number): string {
    return this.#cast.templates[index] ?? '';
  }
}
