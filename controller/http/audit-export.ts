import type { AuditEntry } from '@homeroom/protocol';

const csvHead = [
  'id',
  'at',
  'actor',
  'action',
  'subject',
  'details',
  'before',
  'after',
  'address',
  'sequence',
  'hash',
] as const;

/** @returns one line of JSON for each entry */
export async function* toNdjson(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}

/** @returns a header and a line for each entry (RFC 4180), for a spreadsheet */
export async function* toCsv(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield `${csvHead.join(',')}\r\n`;
  for await (const entry of entries) yield `${csvHead.map((name) => cellOf(entry[name])).join(',')}\r\n`;
}

function cellOf(value: unknown): string {
  if (value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // A spreadsheet takes these for a formula; a name that somebody chose must not be one.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
