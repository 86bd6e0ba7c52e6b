/**
 * Collects the files of exams that are over, from the hosts where their students sat. A row of `exam_collections` is
 * taken by moving its next look: that is the lease. Collecting twice collects nothing twice: the host keeps to the first.
 */
import { type CollectionReport, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { DeviceCommands } from '../fleet/ports.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { examFolder } from './exam-folder.ts';

export interface ExamCollectorOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  readonly commands: Pick<DeviceCommands, 'send'>;
  readonly logger: Logger;
}

const limits = { maxFiles: 500, maxBytes: 200 * 1024 * 1024 };
/** A class at once, from its hosts. */
const atOnce = 10;
/** Longer than the command may take. */
const leaseS = 90;
/** Every minute or so: a host that was off over the weekend is still waited for. */
const maxAttempts = 5_000;

const takeSql = `
with due as (
  select lesson_id, user_id from exam_collections
  where state = 'due' and look_again_at <= now() order by look_again_at limit ${atOnce} for update skip locked
)
update exam_collections c set look_again_at = now() + interval '${leaseS} seconds', attempts = c.attempts + 1
from due, users u where c.lesson_id = due.lesson_id and c.user_id = due.user_id and u.id = c.user_id
returning c.lesson_id as "lessonId", c.user_id as "userId", c.host_id as "hostId", c.attempts, u.account, u.posix_uid as uid`;

const doneSql = `
update exam_collections set state = 'done', collected_at = now(), report = $3, reason = null
where lesson_id = $1 and user_id = $2 and state = 'due'`;

const againSql = `
update exam_collections set reason = $3, state = $4,
  look_again_at = now() + make_interval(secs => least(60, 2 ^ least(attempts, 6)))
where lesson_id = $1 and user_id = $2 and state = 'due'`;

interface Due {
  readonly lessonId: string;
  readonly userId: string;
  readonly hostId: string | null;
  readonly attempts: number;
  readonly account: string;
  readonly uid: number;
}

export class ExamCollector {
  readonly #options: ExamCollectorOptions;

  constructor(options: ExamCollectorOptions) {
    this.#options = options;
  }

  /** Collect what is due now. Errors of single hosts are written down and tried again. */
  async collectDue(signal: AbortSignal): Promise<void> {
    const due = await this.#options.db.query<Due>(takeSql);
    await Promise.all(due.map((each) => this.#collect(each, signal)));
    for (const id of new Set(due.map(({ lessonId }) => lessonId))) {
      this.#options.changes.announce({ kind: 'lesson', id });
    }
  }

  async #collect(due: Due, signal: AbortSignal): Promise<void> {
    const { db, logger } = this.#options;
    const { lessonId, userId, attempts } = due;
    try {
      const report = await this.#ask(due, signal);
      await db.query(doneSql, [lessonId, userId, JSON.stringify(report)]);
    } catch (caught) {
      if (signal.aborted) return;
      const error = toError(caught);
      const isHopeless = due.hostId === null || attempts >= maxAttempts;
      logger.warn({ err: error, lessonId, userId }, 'the files of an exam were not collected');
      await db.query(againSql, [lessonId, userId, error.message, isHopeless ? 'failed' : 'due']);
    }
  }

  async #ask({ lessonId, hostId, account, uid }: Due, signal: AbortSignal): Promise<CollectionReport> {
    if (hostId === null) {
      throw new HomeroomError(
        'not_found',
        'Its desktop stood on no host: files are collected on hosts alone.',
      );
    }
    const args = { lesson: lessonId, account, uid, folder: examFolder, ...limits };
    return await this.#options.commands.send(hostId, 'exam.collect', args, { signal });
  }
}
