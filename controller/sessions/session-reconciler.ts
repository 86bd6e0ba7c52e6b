/**
 * The slow side of sessions: serves the queue, makes claimed desktops their users', ends what is over.
 * Work is taken by row locks and leases: any number of processes may run this. Events only wake it.
 */

import type { Change } from '@homeroom/protocol';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import { Assigner, type AssignerOptions } from './assigner.ts';
import { findServableQueues, listWaiting, serveNext } from './queue.ts';
import { announceSession } from './session-changes.ts';
import { sweepLost, sweepOverdue } from './sweeps.ts';

const workIntervalMs = 1_000;
/** Every claim tells of its desktop, and this look is at every live session. */
const lostRestMs = 500;
/** A class that starts together claims hundreds in a second: the first is assigned at once, the others by dozens. */
const assigningRestMs = 10;
const workRestMs = 50;
const sweepIntervalMs = 1_000;

/** A session that was just claimed, or served from the queue. */
const assigningKinds: ReadonlySet<Change['kind']> = new Set(['session']);
/** A desktop that is ready, or somebody new in a queue. */
const servingKinds: ReadonlySet<Change['kind']> = new Set(['session', 'desktop']);

export class SessionReconciler {
  readonly #options: AssignerOptions;
  readonly #assigner: Assigner;
  /** By itself, so that nobody's desktop waits for a look at the queues. */
  readonly #assigning: ReconcileLoop;
  readonly #queues: ReconcileLoop;
  readonly #losses: ReconcileLoop;
  readonly #loops: readonly ReconcileLoop[];
  #unsubscribe: (() => void) | undefined;

  constructor(options: AssignerOptions) {
    const { logger } = options;
    this.#options = options;
    this.#assigner = new Assigner(options);
    this.#assigning = new ReconcileLoop({
      name: 'assignments',
      intervalMs: workIntervalMs,
      restMs: assigningRestMs,
      logger,
      look: (signal) => this.#assigner.beginDue(signal, () => this.#assigning.wake()),
    });
    this.#queues = new ReconcileLoop({
      name: 'queues',
      intervalMs: workIntervalMs,
      restMs: workRestMs,
      logger,
      look: (signal) => this.#serveQueues(signal),
    });
    this.#losses = new ReconcileLoop({
      name: 'lost-desktops',
      intervalMs: workIntervalMs,
      restMs: lostRestMs,
      logger,
      look: () => sweepLost(options),
    });
    this.#loops = [
      this.#assigning,
      this.#queues,
      this.#losses,
      new ReconcileLoop({
        name: 'session-sweeps',
        intervalMs: sweepIntervalMs,
        logger,
        look: () => sweepOverdue(options),
      }),
    ];
  }

  start(): void {
    this.#unsubscribe ??= this.#options.changes.subscribe(({ kind }) => {
      if (assigningKinds.has(kind)) this.#assigning.wake();
      if (servingKinds.has(kind)) this.#queues.wake();
      if (kind === 'desktop') this.#losses.wake();
    });
    for (const loop of this.#loops) loop.start();
  }

  /** Calls to providers are cut off; their sessions are taken again by whoever runs next. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await Promise.all(this.#loops.map((loop) => loop.stop()));
    await this.#assigner.settled();
  }

  async #serveQueues(signal: AbortSignal): Promise<void> {
    const { db, changes } = this.#options;
    for (const templateId of await findServableQueues(db)) {
      // Each turn takes one off the queue and announces it, which wakes this loop to assign it.
      while (!signal.aborted) {
        const served = await serveNext(db, templateId);
        if (!served) break;
        announceSession(changes, served);
      }
      for (const id of await listWaiting(db, templateId)) changes.announce({ kind: 'session', id });
    }
  }
}
