import type { Queryable } from './database.ts';

export interface AuditRecord {
  /** Absent for what Homeroom does by itself. */
  readonly actor?: { readonly id: string | null; readonly username: string } | undefined;
  /** A dotted verb: `session.end`, `device.revoke`. */
  readonly action: string;
  /** The id of what it was done to. */
  readonly subject?: string | null | undefined;
  /** Plain facts; never a secret. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly address?: string | null | undefined;
}

const sql = `
insert into audit_log (actor_id, actor, action, subject, details, address)
values ($1, $2, $3, $4, $5, $6)`;

/**
 * Write down what somebody did. Within a transaction it stands or falls with the deed.
 *
 * @throws database_unavailable
 */
export async function record(db: Queryable, entry: AuditRecord): Promise<void> {
  const { actor, action, subject = null, details = null, address = null } = entry;
  await db.query(sql, [
    actor?.id ?? null,
    actor?.username ?? null,
    action,
    subject,
    details && JSON.stringify(details),
    address,
  ]);
}
