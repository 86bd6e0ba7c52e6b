import type { AuditEntry } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';

interface Row {
  readonly id: number;
  readonly created_at: Date;
  readonly actor: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly details: AuditEntry['details'];
  readonly address: string | null;
}

const listSql = `
select id, created_at, actor, action, subject, details, address from audit_log`;

/** What people did, for admins to read. */
export class AuditEntries {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns the latest first @throws database_unavailable */
  page(page: PageRequest): Promise<Page<AuditEntry>> {
    return readPage(this.#db, { sql: listSql, page, order: 'newest-first', toItem: toEntry });
  }
}

function toEntry({ id, created_at, actor, action, subject, details, address }: Row): AuditEntry {
  return { id, at: created_at.toISOString(), actor, action, subject, details, address };
}
