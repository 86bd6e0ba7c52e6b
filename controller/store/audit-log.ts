import type { AuditEntry, AuditVerdict } from '@homeroom/protocol';
import { type AuditRecord, record } from './audit.ts';
import { chainStart, type Link, verifyEnd, verifyStretch } from './audit-chain.ts';
import { type AuditRow, auditColumns, toSealedRow } from './audit-rows.ts';
import type { Database } from './database.ts';
import { decodePosition, type Page, type PageRequest, readPage } from './page.ts';

/** Which entries; whatever is absent is not asked about. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  /** A whole action (`room.rename`), or all of an area by its first word (`room`). */
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** ISO times: from the first, to before the second. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

const listSql = `
select ${auditColumns} from audit_log
where ($1::text is null or actor = $1)
  and ($2::text is null or action = $2 or split_part(action, '.', 1) = $2)
  and ($3::text is null or subject = $3)
  and ($4::timestamptz is null or created_at >= $4)
  and ($5::timestamptz is null or created_at < $5)`;

const stretchSql = `select ${auditColumns} from audit_log where sequence > $1 order by sequence limit $2`;
const headSql = 'select sequence, hash from audit_head';
const unsealedSql = 'select count(*) as count from audit_log where sequence is null';

const stretchLength = 1_000;
const batchSize = 500;

/** What people did, to be read, exported and verified. */
export class AuditLog {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** Write down what somebody did that changes no record. @throws database_unavailable */
  async add(entry: AuditRecord): Promise<void> {
    await record(this.#db, entry);
  }

  /** @returns the latest first @throws database_unavailable */
  page(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>> {
    return this.#read(filter, page, 'newest-first');
  }

  /** @returns every entry, the oldest first, read some hundred at a time @throws database_unavailable */
  async *walk(filter: AuditFilter): AsyncGenerator<AuditEntry> {
    let page: PageRequest = { limit: batchSize, after: null };
    for (;;) {
      const { items, next } = await this.#read(filter, page, 'oldest-first');
      yield* items;
      if (next === null) return;
      page = { limit: batchSize, after: decodePosition(next) };
    }
  }

  /**
   * Go along the whole chain. Rows that are written meanwhile belong to the next time.
   *
   * @throws database_unavailable
   */
  async verify(): Promise<AuditVerdict> {
    // The end first: what is sealed while the rows are read comes after it.
    const [head = chainStart] = await this.#db.query<Link>(headSql);
    const [unsealed] = await this.#db.query<{ count: number }>(unsealedSql);
    let last: Link = chainStart;
    while (last.sequence < head.sequence) {
      const rows = await this.#stretch(last, head);
      const walked = verifyStretch(last, rows.map(toSealedRow));
      last = walked.last;
      if (walked.fault) return verdict(last, unsealed?.count, walked.fault);
      if (rows.length === 0) break;
    }
    return verdict(last, unsealed?.count, verifyEnd(last, head));
  }

  #stretch(last: Link, head: Link): Promise<AuditRow[]> {
    const length = Math.min(stretchLength, head.sequence - last.sequence);
    return this.#db.query<AuditRow>(stretchSql, [last.sequence, length]);
  }

  #read(
    { actor, action, subject, since, until }: AuditFilter,
    page: PageRequest,
    order: 'oldest-first' | 'newest-first',
  ): Promise<Page<AuditEntry>> {
    const values = [actor, action, subject, since, until].map((value) => value ?? null);
    return readPage(this.#db, { sql: listSql, values, page, order, toItem: toEntry });
  }
}

function toEntry({ created_at, created_us: _, ...entry }: AuditRow & object): AuditEntry {
  const { id, actor, action, subject, details, before, after, address, sequence, hash } = entry;
  const at = created_at.toISOString();
  return { id, at, actor, action, subject, details, before, after, address, sequence, hash };
}

function verdict(
  last: Link,
  unsealed: number | undefined,
  fault: AuditVerdict['fault'] | undefined,
): AuditVerdict {
  return {
    isWhole: fault === undefined || fault === null,
    verified: last.sequence,
    hash: last.hash,
    unsealed: unsealed ?? 0,
    fault: fault ?? null,
  };
}
