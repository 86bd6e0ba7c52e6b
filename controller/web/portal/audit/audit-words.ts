import type { AuditEntry, AuditVerdict } from '@homeroom/protocol';

/** One field of what an entry is about, as it was and as it became. */
export interface ChangedField {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** @returns every field that an entry tells of: those that changed, or else its details. */
export function changedFields({ before, after, details }: AuditEntry): ChangedField[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  if (names.size === 0)
    return Object.entries(details ?? {}).map(([name, value]) => ({
      name,
      before: undefined,
      after: shown(value),
    }));
  return [...names].map((name) => ({ name, before: shown(before?.[name]), after: shown(after?.[name]) }));
}

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const longest = 90;

/** @returns an entry's changes in a line, as far as there is room. */
export function changeWords(fields: readonly ChangedField[]): string {
  const words = fields
    .map(({ name, before, after }) =>
      before === undefined ? `${name}: ${after}` : `${name}: ${before} → ${after ?? 'nothing'}`,
    )
    .join(', ');
  return words.length <= longest ? words : `${words.slice(0, longest - 1)}…`;
}

const faults = {
  missing: 'is missing',
  changed: 'is not as it was written',
  'cut-off': 'is the last one, and later ones were cut off',
} as const;

/** @returns whether the log is whole, and what is wrong if it is not. */
export function verdictWords({ isWhole, verified, unsealed, fault }: AuditVerdict): string {
  const waiting = unsealed > 0 ? ` ${unsealed} of the last seconds are not sealed yet.` : '';
  if (isWhole)
    return `${verified === 1 ? 'The one entry is as it was' : `All ${verified} entries are as they were`} written.${waiting}`;
  if (!fault) return 'The log is not whole.';
  return `Entry ${fault.sequence} ${faults[fault.kind]}. The ${verified} before it are as they were written.`;
}
