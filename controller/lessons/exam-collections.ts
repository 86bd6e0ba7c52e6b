import { type ExamCollection, HomeroomError } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';

const listSql = `
select c.user_id as "user", u.username, u.display_name as "displayName", c.state, c.reason, c.host_id as host,
  c.collected_at as "collectedAt", c.report
from exam_collections c join users u on u.id = c.user_id
where c.lesson_id = $1 order by u.display_name, u.username`;

// The collector takes it up by its next look.
const retrySql = `
update exam_collections set state = 'due', reason = null, attempts = 0, look_again_at = now()
where lesson_id = $1 and user_id::text = $2 and state = 'failed' returning user_id`;

type Row = Omit<ExamCollection['items'][number], 'collectedAt'> & { readonly collectedAt: Date | null };

/** What was collected of exams, for their teachers. */
export class ExamCollections {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns one item for each who sat the exam; empty before its end, and for a lesson that is none */
  async of(lessonId: string): Promise<ExamCollection> {
    const rows = await this.#db.query<Row>(listSql, [lessonId]);
    return {
      items: rows.map((row) => ({ ...row, collectedAt: row.collectedAt?.toISOString() ?? null })),
    };
  }

  /** Try again for one whose files could not be collected. @throws not_found when nothing of theirs has failed */
  async retry(lesson: string, user: string, { userId, username, address }: Actor): Promise<ExamCollection> {
    await this.#db.transaction(async (tx) => {
      const [row] = await tx.query(retrySql, [lesson, user]);
      if (!row) throw new HomeroomError('not_found', 'There is nothing to try again for this person.');
      const actor = { id: userId, username };
      await record(tx, {
        actor,
        action: 'exam.retry-collection',
        subject: lesson,
        details: { user },
        address,
      });
    });
    this.#changes.announce({ kind: 'lesson', id: lesson });
    return await this.of(lesson);
  }
}
