/**
 * The slow side of lessons: makes those of series, takes sessions in, closes what is over. Everything is done by row
 * locks or by statements that find nothing left when repeated: any number of processes may run this.
 */
import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { ExamCollector, type ExamCollectorOptions } from './exam-collector.ts';
import { adoptSessions, closeLessons } from './lesson-work.ts';
import { lookAtSeries } from './series-work.ts';

export interface LessonReconcilerOptions {
  readonly db: Database;
  readonly changes: Changes;
  /** By which hosts collect what was written in exams. */
  readonly commands: ExamCollectorOptions['commands'];
  readonly logger: Logger;
}

const intervalMs = 5_000;
const restMs = 200;

export class LessonReconciler {
  readonly #options: LessonReconcilerOptions;
  readonly #loop: ReconcileLoop;
  /** By itself: a host that does not answer keeps no lesson waiting. */
  readonly #collecting: ReconcileLoop;
  #unsubscribe: (() => void) | undefined;

  constructor(options: LessonReconcilerOptions) {
    const { logger } = options;
    this.#options = options;
    this.#loop = new ReconcileLoop({
      name: 'lessons',
      intervalMs,
      restMs,
      logger,
      look: (signal) => this.#look(signal),
    });
    const collector = new ExamCollector(options);
    this.#collecting = new ReconcileLoop({
      name: 'exam-collections',
      intervalMs,
      restMs,
      logger,
      look: (signal) => collector.collectDue(signal),
    });
  }

  start(): void {
    this.#unsubscribe ??= this.#options.changes.subscribe(({ kind }) => {
      if (kind === 'lesson') this.#loop.wake();
    });
    this.#loop.start();
    this.#collecting.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await Promise.all([this.#loop.stop(), this.#collecting.stop()]);
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { db, changes } = this.#options;
    while (!signal.aborted) {
      const looked = await db.transaction(lookAtSeries);
      if (!looked) break;
      // One for all of them: pages fetch the whole week anyway.
      const [first] = looked.lessons;
      if (first === undefined) continue;
      changes.announce({ kind: 'lesson', id: first });
      changes.announce({ kind: 'pool', id: looked.template });
    }
    for (const id of await adoptSessions(db)) changes.announce({ kind: 'session', id });
    for (const { id, template } of await closeLessons(db)) {
      changes.announce({ kind: 'lesson', id });
      changes.announce({ kind: 'pool', id: template });
      this.#collecting.wake();
    }
  }
}
