import type { AuditEntry } from '@homeroom/protocol';
import type { Database } from '../store/database.ts';

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
select id, created_at, actor, action, subject, details, address from audit_log order by id desc limit 200`;

/** What people did, for admins to read. */
export class AuditEntries {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns the latest 200, the latest first. @throws database_unavailable */
  async list(): Promise<AuditEntry[]> {
    const rows = await this.#db.query<Row>(listSql);
    return rows.map(({ created_at, ...entry }) => ({ ...entry, at: created_at.toISOString() }));
  }
}
