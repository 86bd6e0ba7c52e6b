import type { Desktop, DesktopLevel, DesktopState } from '@homeroom/protocol';
import type { DesktopSpec } from './provider.ts';

/** The columns of a {@link DesktopRow}, from `desktops d` and `templates t`. */
export const desktopColumns = `
  d.id, d.template_id, d.template_version, d.provider, d.host_id, d.state, d.level, d.ref, d.error, d.attempts, d.created_at, d.deadline_at,
  coalesce(d.deadline_at < now(), false) as is_overdue, t.settings, t.kind,
  d.stream is not null as is_assigned`;

export interface DesktopRow {
  readonly id: string;
  readonly template_id: string;
  readonly template_version: number;
  readonly provider: string;
  readonly host_id: string | null;
  readonly state: DesktopState;
  readonly level: DesktopLevel;
  readonly ref: unknown;
  readonly error: string | null;
  readonly attempts: number;
  readonly created_at: Date;
  readonly deadline_at: Date | null;
  /** By the database's clock, which all controllers share. */
  readonly is_overdue: boolean;
  readonly settings: unknown;
  readonly kind: string | null;
  readonly is_assigned: boolean;
}

/** @returns what a provider needs to know of a desktop. */
export function toSpec(row: DesktopRow): DesktopSpec {
  return {
    id: row.id,
    templateId: row.template_id,
    settings: row.settings,
    kind: row.kind,
    ref: row.ref,
    hostId: row.host_id,
    isAssigned: row.is_assigned,
  };
}

/** @returns the desktop as the API tells it. */
export function toDesktop(row: DesktopRow): Desktop {
  return {
    id: row.id,
    template: row.template_id,
    provider: row.provider,
    state: row.state,
    level: row.level,
    version: row.template_version,
    host: row.host_id,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    deadline: row.deadline_at?.toISOString() ?? null,
  };
}
