import type { ExamCollection } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';

const listSql = `
select c.user_id as "user", u.username, u.display_name as "displayName", c.state, c.reason, c.host_id as host,
  c.collected_at as "collectedAt", c.report
from exam_collections c join users u on u.id = c.user_id
where c.lesson_id = $1 order by u.display_name, u.username`;

type Row = Omit<ExamCollection['items'][number], 'collectedAt'> & { readonly collectedAt: Date | null };

/** What was collected of exams, for their teachers. */
export class ExamCollections {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns one item for each who sat the exam; empty before its end, and for a lesson that is none */
  async of(lessonId: string): Promise<ExamCollection> {
    const rows = await this.#db.query<Row>(listSql, [lessonId]);
    return {
      items: rows.map((row) => ({ ...row, collectedAt: row.collectedAt?.toISOString() ?? null })),
    };
  }
}
