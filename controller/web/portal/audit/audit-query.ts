import { textOf } from '../../shared/form-values.ts';

/** What of the audit log is asked for; what is undefined limits nothing. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** As the browser's field has it, by this computer's clock: `2026-09-01T08:00`. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** @returns what was typed. */
export function auditFilter(fields: FormData): AuditFilter {
  return {
    actor: textOf(fields, 'actor'),
    action: textOf(fields, 'action'),
    subject: textOf(fields, 'subject'),
    since: textOf(fields, 'since'),
    until: textOf(fields, 'until'),
  };
}

/** @returns a path below `/api/v1/` that answers with those entries. */
export function auditPath(path: string, filter: AuditFilter, more: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const name of ['actor', 'action', 'subject'] as const) {
    const value = filter[name];
    if (value !== undefined) query.set(name, value);
  }
  for (const name of ['since', 'until'] as const) {
    const at = new Date(filter[name] ?? '');
    if (!Number.isNaN(at.getTime())) query.set(name, at.toISOString());
  }
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
