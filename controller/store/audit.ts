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
  /** The fields that changed, as they were; absent when it is new. Never a secret. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  /** The same fields as they became; absent when it is gone. */
  readonly after?: Readonly<Record<string, unknown>> | undefined;
  readonly address?: string | null | undefined;
}

const sql = `
insert into audit_log (actor_id, actor, action, subject, details, address, before, after)
values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/**
 * Write down what somebody did. Within a transaction it stands or falls with the deed.
 *
 * @throws database_unavailable
 */
export async function record(db: Queryable, entry: AuditRecord): Promise<void> {
  const { actor, action, subject = null, details = null, address = null } = entry;
  const { before = null, after = null } = entry;
  await db.query(sql, [
    actor?.id ?? null,
    actor?.username ?? null,
    action,
    subject,
    details && JSON.stringify(withoutSecrets(details)),
    address,
    before && JSON.stringify(withoutSecrets(before)),
    after && JSON.stringify(withoutSecrets(after)),
  ]);
}

/**
 * The fields in which two states of a record differ, for `before` and `after`. Pure.
 *
 * @returns both without what stayed the same
 */
export function differenceOf(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const names = Object.keys(after).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}

const secretName = /password|secret|token$|hash$|recovery/i;

/** A second line of defence: whoever records leaves secrets out, and what looks like one is not kept. Pure. */
export function withoutSecrets(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (secretName.test(name) && typeof value === 'string') return [name, '(not kept)'];
      return [name, isFields(value) ? withoutSecrets(value) : value];
    }),
  );
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
