/**
 * Brings the seats of classes through their steps. Rules:
 * - a seat is taken by a lease; any number of processes may run this, and one that dies only delays its seats;
 * - each look re-reads everything, passes every step that is so already, and asks for one thing at most;
 * - what is asked for goes on beside the looks, so that a slow device delays no other seat;
 * - changes only say which seats to look at again; a timer looks at all of them.
 */
import { randomUUID } from 'node:crypto';
import { type Change, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import { measures } from '../measures.ts';
import { announceSession } from '../sessions/session-changes.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import {
  closeRuns,
  countRunning,
  giveBack,
  hurrySeats,
  type SeatOutcome,
  takeSeats,
  writeOutcomes,
} from './class-work.ts';
import { outcomeAfter, planSteps } from './plan-steps.ts';
import type { PowerOfSeat } from './ports.ts';
import { readSeatFacts, type TakenSeat, withPower } from './read-seat-facts.ts';
import { actorOfRun, SeatActions, type SeatActionsOptions } from './seat-actions.ts';
import type { SeatAction } from './seat-facts.ts';
import { withdrawLateClaim } from './withdraw-claims.ts';

export interface ClassReconcilerOptions extends SeatActionsOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
}

/** While a class starts or ends; what no change tells is seen then. */
const busyIntervalMs = 1_000;
const idleIntervalMs = 5_000;
const restMs = 50;
/** A school that starts at eight: so many seats ask for something at the same time. */
const maxUnderWay = 200;
const batch = 200;

export class ClassReconciler {
  readonly #options: ClassReconcilerOptions;
  readonly #actions: SeatActions;
  readonly #loop: ReconcileLoop;
  readonly #underWay = new Set<Promise<void>>();
  #touched = noneTouched();
  #hasRunning = true;
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ClassReconcilerOptions) {
    this.#options = options;
    this.#actions = new SeatActions(options);
    this.#loop = new ReconcileLoop({
      name: 'classes',
      intervalMs: idleIntervalMs,
      restMs,
      logger: options.logger,
      look: (signal) => this.#look(signal),
    });
  }

  start(): void {
    this.#unsubscribe ??= this.#options.changes.subscribe((change) => this.#hear(change));
    this.#loop.start();
  }

  /** What is asked for of devices is cut off; it is asked for again by whoever runs next. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
    clearTimeout(this.#timer);
    await Promise.all(this.#underWay);
  }

  /** Devices tell something all the time: while no class starts or ends, it is nothing to us. */
  #hear({ kind, id }: Change): void {
    if (kind === 'class-run') this.#hasRunning = true;
    else if (!this.#hasRunning) return;
    else if (kind === 'device') this.#touched.devices.add(id);
    else if (kind === 'relay') this.#touched.relays.add(id);
    else if (kind === 'session') this.#touched.sessions.add(id);
    else return;
    this.#loop.wake();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { db, changes } = this.#options;
    const touched = this.#touched;
    this.#touched = noneTouched();
    this.#hasRunning = (await countRunning(db)) > 0;
    if (!this.#hasRunning) return;
    await hurrySeats(db, touched);
    while (!signal.aborted && this.#underWay.size < maxUnderWay) {
      if ((await this.#lookAtSome(signal)) < batch) break;
    }
    for (const { id, room } of await closeRuns(db)) {
      changes.announce({ kind: 'class-run', id });
      changes.announce({ kind: 'room', id: room });
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#loop.wake(), busyIntervalMs);
    this.#timer.unref();
  }

  /** @returns how many seats were due */
  async #lookAtSome(signal: AbortSignal): Promise<number> {
    const { db } = this.#options;
    const lease = randomUUID();
    const count = await takeSeats(db, lease, batch);
    if (count === 0) return 0;
    const taken = await readSeatFacts(db, lease);
    const powers = await this.#readPowers(taken);
    const settled: [TakenSeat, SeatOutcome][] = [];
    for (const seat of taken) {
      const planned = planSteps(withPower(seat.facts, powers.get(seat.facts.seat)), seat);
      if (planned.action) this.#begin(seat, planned.outcome, { action: planned.action, lease, signal });
      else settled.push([seat, planned.outcome]);
    }
    await this.#write(lease, settled);
    return count;
  }

  #begin(
    seat: TakenSeat,
    outcome: SeatOutcome,
    work: { action: SeatAction; lease: string; signal: AbortSignal },
  ): void {
    const running = this.#carryOut(seat, outcome, work)
      .catch((caught: unknown) => {
        // Its lease runs out, and it is looked at again.
        const { logger } = this.#options;
        logger.warn({ err: toError(caught), seatId: outcome.seat }, 'a step of a class could not be written');
      })
      .finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  async #carryOut(
    seat: TakenSeat,
    outcome: SeatOutcome,
    { action, lease, signal }: { action: SeatAction; lease: string; signal: AbortSignal },
  ): Promise<void> {
    let failure: Error | undefined;
    let begun: { session: string } | undefined;
    try {
      begun = await this.#actions.carryOut(action, seat, signal);
    } catch (caught) {
      failure = toError(caught);
      if (signal.aborted) return await giveBack(this.#options.db, lease, outcome.seat);
      if (isOutage(failure)) throw failure;
      const { logger } = this.#options;
      logger.info(
        { err: failure, seatId: outcome.seat, step: outcome.step },
        'a step of a class was refused',
      );
    }
    const after = { ...outcomeAfter(outcome, failure), ...begun };
    const written = await this.#write(lease, [[seat, after]]);
    if (begun && !written.has(outcome.seat)) await this.#withdraw(seat, begun.session);
    this.#loop.wake();
  }

  /** The run was cancelled while its claim was under way, and so did not know of it. */
  async #withdraw(taken: TakenSeat, session: string): Promise<void> {
    const { db, changes } = this.#options;
    const late = { run: taken.run, seat: taken.facts.seat, session, actor: actorOfRun(taken) };
    const ended = await db.transaction((tx) => withdrawLateClaim(tx, late));
    for (const each of ended) announceSession(changes, each);
  }

  async #readPowers(taken: readonly TakenSeat[]): Promise<ReadonlyMap<string, PowerOfSeat>> {
    const rooms = new Set(taken.map(({ room }) => room));
    const powers = await Promise.all([...rooms].map((room) => this.#options.powers.ofRoom(room)));
    return new Map(powers.flat().map((power) => [power.seat, power]));
  }

  async #write(
    lease: string,
    settled: readonly (readonly [TakenSeat, SeatOutcome])[],
  ): Promise<ReadonlySet<string>> {
    const { db, changes } = this.#options;
    const written = await writeOutcomes(
      db,
      lease,
      settled.map(([, outcome]) => outcome),
    );
    const news = settled.filter(([seat, outcome]) => written.has(outcome.seat) && isNews(seat, outcome));
    for (const [seat, { state }] of news) {
      if (state === 'now') continue;
      const seconds = (seat.nowMs - seat.beganAtMs) / 1000;
      measures.classSeat.tell({ kind: seat.facts.kind, result: state, seconds });
    }
    for (const id of new Set(news.map(([{ run }]) => run))) changes.announce({ kind: 'class-run', id });
    return written;
  }
}

function isNews({ facts, reason }: TakenSeat, outcome: SeatOutcome): boolean {
  return outcome.state !== 'now' || outcome.step !== facts.step || outcome.reason !== reason;
}

function isOutage(error: Error): boolean {
  return error instanceof HomeroomError && error.code === 'database_unavailable';
}

function noneTouched() {
  return { devices: new Set<string>(), relays: new Set<string>(), sessions: new Set<string>() };
}
