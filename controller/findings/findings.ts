import type { Finding, FindingCounts, FindingKind } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';

const columns = `
  id, first_seen_at as created_at, kind, provider, subject, reason, times, first_seen_at as "firstSeenAt",
  last_seen_at as "lastSeenAt", mend, case when mended_at is null then mend_at end as "mendAt", attempts,
  mended_at as "mendedAt"`;

const listSql = `select ${columns} from findings where (mended_at is null or $1) and ($2::text is null or kind = $2)`;
const getSql = `select ${columns} from findings where id = $1`;
const countSql = `select kind, count(*) as count from findings where mended_at is null group by kind`;

export interface FindingFilter {
  /** `open` for those that stand, `all` for those that are over, too. */
  readonly state: 'open' | 'all';
  readonly kind?: FindingKind | undefined;
}

type Row = Omit<Finding, 'firstSeenAt' | 'lastSeenAt' | 'mendAt' | 'mendedAt'> & {
  readonly created_at: Date;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly mendAt: Date | null;
  readonly mendedAt: Date | null;
};

/** What the sweepers found, for admins to look at. */
export class Findings {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns the findings, the newest first @throws database_unavailable */
  page({ state, kind }: FindingFilter, page: PageRequest): Promise<Page<Finding>> {
    const values = [state === 'all', kind ?? null];
    return readPage(this.#db, { sql: listSql, values, page, order: 'newest-first', toItem: toFinding });
  }

  /** @returns undefined when there is no such finding (any more) @throws database_unavailable */
  async get(id: string): Promise<Finding | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<Row>(getSql, [id]);
    return row && toFinding(row);
  }

  /** @returns how many of each kind stand @throws database_unavailable */
  async counts(): Promise<FindingCounts> {
    const rows = await this.#db.query<{ kind: FindingKind; count: number }>(countSql);
    const counts: FindingCounts = { missing: 0, foreign: 0, stuck: 0, forgotten: 0 };
    for (const { kind, count } of rows) counts[kind] = count;
    return counts;
  }
}

function toFinding({ created_at: _, ...row }: Row): Finding {
  return {
    ...row,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    mendAt: row.mendAt?.toISOString() ?? null,
    mendedAt: row.mendedAt?.toISOString() ?? null,
  };
}
