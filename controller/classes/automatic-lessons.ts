/**
 * Starts and ends the rooms of automatic lessons. Rules:
 * - a lesson is started once and ended once, by a unique index, however many processes look;
 * - who was here first is not disturbed: a start waits until the lesson before is over, and nothing is started in a room
 *   that starts or ends just now;
 * - only what this lesson started is ended: where somebody has started or ended the class since, or cancelled the start,
 *   the room is theirs;
 * - a lesson that goes on with the same group and template is not ended in between, and power stays on for a lesson soon.
 */
import { HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import { systemActor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import type { ClassRuns } from './class-runs.ts';

export interface AutomaticLessonsOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly classRuns: Pick<ClassRuns, 'start' | 'stop'>;
  readonly logger: Logger;
  readonly intervalMs?: number;
}

const usualIntervalMs = 5_000;
/** So long before the end of a lesson its students are told. */
export const warnS = 60;
/** What could not be started is tried again after so long. */
const tryAgainMs = 60_000;
const maxRefused = 1_000;

const startsSql = `
select l.id, l.room_id as room from lessons l
where l.automatic and l.cancelled_at is null and l.room_id is not null
  and l.starts_at <= now() + interval '1 day' and l.starts_at - make_interval(secs => l.lead_s) <= now()
  and l.ends_at > now() + interval '${warnS} seconds'
  and not exists (select from class_runs r where r.lesson_id = l.id)
  and not exists (select from class_runs r where r.room_id = l.room_id and r.state = 'running')
  and not exists (
    select from lessons b where b.room_id = l.room_id and b.id <> l.id and b.cancelled_at is null
      and b.starts_at < l.starts_at and b.ends_at > now())
order by l.starts_at limit 50`;

const endsSql = `
select l.id, l.room_id as room, l.ends_at as "endsAt", not exists (
    select from lessons n where n.room_id = l.room_id and n.id <> l.id and n.automatic and n.cancelled_at is null
      and n.starts_at >= l.ends_at
      and n.starts_at - make_interval(secs => n.lead_s) <= l.ends_at + interval '15 minutes') as "powersOff"
from lessons l, lateral (
    select r.lesson_id, r.kind, r.state from class_runs r where r.room_id = l.room_id order by r.created_at desc limit 1
  ) latest
where l.automatic and l.cancelled_at is null
  and l.ends_at between now() - interval '15 minutes' and now() + interval '${warnS} seconds'
  and latest.lesson_id = l.id and latest.kind = 'start' and latest.state <> 'cancelled'
  and not exists (
    select from lessons n where n.room_id = l.room_id and n.id <> l.id and n.automatic and n.cancelled_at is null
      and n.group_id is not distinct from l.group_id and n.template_id = l.template_id
      and n.starts_at between l.ends_at and l.ends_at + interval '15 minutes')`;

interface DueStart {
  readonly id: string;
  readonly room: string;
}

interface DueEnd extends DueStart {
  readonly endsAt: Date;
  readonly powersOff: boolean;
}

const timetable = { actor: systemActor, name: null };

export class AutomaticLessons {
  readonly #options: AutomaticLessonsOptions;
  readonly #loop: ReconcileLoop;
  /** By lesson, when a start that was refused is tried again. */
  readonly #refused = new Map<string, number>();
  #unsubscribe: (() => void) | undefined;

  constructor(options: AutomaticLessonsOptions) {
    this.#options = options;
    this.#loop = new ReconcileLoop({
      name: 'automatic-lessons',
      intervalMs: options.intervalMs ?? usualIntervalMs,
      restMs: 200,
      logger: options.logger,
      look: () => this.#look(),
    });
  }

  start(): void {
    this.#unsubscribe ??= this.#options.changes.subscribe(({ kind }) => {
      if (kind === 'lesson' || kind === 'class-run') this.#loop.wake();
    });
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
  }

  async #look(): Promise<void> {
    const { db, classRuns } = this.#options;
    for (const { id, room, endsAt, powersOff } of await db.query<DueEnd>(endsSql)) {
      const request = { warnS, warnUntil: endsAt, powerOff: powersOff, lesson: id };
      await this.#attempt(`${id} end`, () => classRuns.stop(room, request, timetable));
    }
    for (const { id, room } of await db.query<DueStart>(startsSql)) {
      const request = { lesson: id, template: null, group: null, allowShortage: true };
      await this.#attempt(`${id} start`, () => classRuns.start(room, request, timetable));
    }
  }

  /** One lesson that cannot be started keeps no other waiting. */
  async #attempt(what: string, run: () => Promise<unknown>): Promise<void> {
    const nowMs = performance.now();
    if ((this.#refused.get(what) ?? 0) > nowMs) return;
    try {
      await run();
      this.#refused.delete(what);
    } catch (caught) {
      const error = toError(caught);
      if (error instanceof HomeroomError && error.code === 'class_running') return;
      if (!(error instanceof HomeroomError) || error.code === 'database_unavailable') throw error;
      this.#options.logger.warn({ err: error, what }, 'an automatic lesson could not be carried out');
      if (this.#refused.size >= maxRefused) this.#refused.clear();
      this.#refused.set(what, nowMs + tryAgainMs);
    }
  }
}
