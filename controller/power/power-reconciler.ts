/**
 * Carries changes of power out, where the broker is. Work is taken by row locks and leases (change-work.ts); events only
 * wake it, and a timer finds what no event told of. Nothing is sent but for a change that somebody asked for: what is
 * observed after a restart or a reconnect is adopted.
 */
import type { DeviceState } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { BoundedTasks } from '../desktops/bounded-tasks.ts';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import type { Messaging } from '../fleet/ports.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { nextDueMs, takeDueChanges } from './change-work.ts';
import { ChangeWorker } from './change-worker.ts';
import { ComputerWatch } from './computer-watch.ts';
import { HdmiRouter } from './hdmi-router.ts';
import { RelayInbox } from './relay-inbox.ts';
import { RelaysByMessage } from './relay-port.ts';

export interface PowerReconcilerOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly messaging: Messaging;
  readonly presence: { stateOf(device: string): DeviceState | undefined };
  readonly logger: Logger;
  readonly nowMs?: () => number;
}

const intervalMs = 1_000;
/** A room that starts announces each of its channels. */
const restMs = 10;
/** Most of them wait for a computer to answer. */
const maxSteps = 64;

export class PowerReconciler {
  readonly #db: Database;
  readonly #changes: Changes;
  readonly #inbox: RelayInbox;
  readonly #computers: ComputerWatch;
  readonly #worker: ChangeWorker;
  readonly #tasks: BoundedTasks;
  readonly #loop: ReconcileLoop;
  readonly #hdmi: HdmiRouter;
  #leave: (() => void) | undefined;
  #alarm: NodeJS.Timeout | undefined;

  constructor(options: PowerReconcilerOptions) {
    const { db, changes, messaging, presence, logger, nowMs = Date.now } = options;
    const port = new RelaysByMessage({ ...messaging, nowMs });
    this.#db = db;
    this.#changes = changes;
    this.#inbox = new RelayInbox({ db, changes, messaging, port, logger, nowMs });
    this.#computers = new ComputerWatch({
      db,
      changes,
      messaging,
      isNeeded: () => this.#inbox.powersSeats,
      logger,
    });
    const { commands } = messaging;
    const stateOf = (device: string) => presence.stateOf(device);
    this.#worker = new ChangeWorker({ db, changes, port, commands, stateOf, logger, nowMs });
    this.#hdmi = new HdmiRouter({ db, changes, commands, logger });
    this.#tasks = new BoundedTasks({ limit: maxSteps, logger });
    this.#loop = new ReconcileLoop({ name: 'power', intervalMs, restMs, logger, look: () => this.#look() });
  }

  /** Only grow. */
  get counters(): Readonly<Record<'finished' | 'failed' | 'sent' | 'unsent', number>> {
    return this.#worker.counters;
  }

  /** @throws database_unavailable */
  async start(): Promise<void> {
    await this.#inbox.start();
    this.#computers.start();
    this.#leave = this.#changes.subscribe(({ kind }) => {
      if (kind === 'relay') this.#loop.wake();
    });
    this.#loop.start();
    this.#hdmi.start();
  }

  /** A change that is under way goes on with the next start. */
  async stop(): Promise<void> {
    this.#leave?.();
    clearTimeout(this.#alarm);
    await Promise.all([this.#loop.stop(), this.#hdmi.stop()]);
    this.#computers.stop();
    await this.#tasks.settled();
    await this.#inbox.stop();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#alarm);
    const due = this.#tasks.free > 0 ? await takeDueChanges(this.#db, this.#tasks.free) : [];
    for (const change of due) this.#tasks.start(() => this.#worker.step(change));
    if (due.length > 0) return this.#loop.wake();
    const inMs = await nextDueMs(this.#db);
    if (inMs !== undefined && inMs < intervalMs) this.#alarm = setTimeout(() => this.#loop.wake(), inMs);
  }
}
