import type { SealedRow } from './audit-chain.ts';

/** The columns of an {@link AuditRow}, from `audit_log`. */
export const auditColumns = `id, created_at, (extract(epoch from created_at) * 1000000)::bigint as created_us, actor, action,
  subject, details, before, after, address, sequence, hash`;

export interface AuditRow {
  readonly id: number;
  readonly created_at: Date;
  readonly created_us: number;
  readonly actor: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly details: Record<string, unknown> | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly address: string | null;
  /** Both null until it is sealed, a second or so after it was written. */
  readonly sequence: number | null;
  readonly hash: string | null;
}

/** @returns the row as the chain has it */
export function toSealedRow(row: AuditRow): SealedRow {
  const { created_us: createdUs, created_at: _, ...rest } = row;
  return { ...rest, createdUs, sequence: row.sequence ?? 0, hash: row.hash ?? '' };
}
