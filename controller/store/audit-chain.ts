/**
 * The chain of the audit log. Each sealed row has the next `sequence` and a hash over the hash before it and its own
 * content, so a row that is changed, removed, put in between or cut off at the end shows. Pure.
 *
 * Not part of the hash: the link to the account (`actor_id`), which is undone when an account is deleted; the name
 * stays.
 */

import { createHash } from 'node:crypto';

/** What is sealed of a row. */
export interface AuditContent {
  readonly id: number;
  /** Microseconds since 1970. */
  readonly createdUs: number;
  readonly actor: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly details: unknown;
  readonly before: unknown;
  readonly after: unknown;
  readonly address: string | null;
}

/** A place in the chain: a row's, or the end that is kept beside it. */
export interface Link {
  readonly sequence: number;
  readonly hash: string;
}

export type SealedRow = AuditContent & Link;

/** Where every chain begins. */
export const chainStart: Link = { sequence: 0, hash: '0'.repeat(64) };

export interface ChainFault {
  /** The first row that is not as it was. */
  readonly sequence: number;
  readonly kind: 'missing' | 'changed' | 'cut-off';
}

/** @returns the place of a row that follows `before` */
export function linkOf(before: Link, content: AuditContent): Link {
  const { id, createdUs, actor, action, subject, details, before: was, after, address } = content;
  const text = canonicalJson({ id, createdUs, actor, action, subject, details, before: was, after, address });
  const hash = createHash('sha256').update(before.hash).update('\n').update(text).digest('hex');
  return { sequence: before.sequence + 1, hash };
}

/**
 * Walk a stretch of the chain.
 *
 * @param from the place before the first row
 * @param rows by their sequence
 * @returns the place of the last row that is right, and the first fault; undefined when there is none
 */
export function verifyStretch(
  from: Link,
  rows: readonly SealedRow[],
): { readonly last: Link; readonly fault: ChainFault | undefined } {
  let last = from;
  for (const row of rows) {
    const expected = linkOf(last, row);
    if (row.sequence !== expected.sequence) {
      return { last, fault: { sequence: expected.sequence, kind: 'missing' } };
    }
    if (row.hash !== expected.hash) return { last, fault: { sequence: row.sequence, kind: 'changed' } };
    last = expected;
  }
  return { last, fault: undefined };
}

/** @returns what is wrong at the end: rows that were cut off, or an end that belongs to another chain */
export function verifyEnd(last: Link, head: Link): ChainFault | undefined {
  if (last.sequence < head.sequence) return { sequence: last.sequence + 1, kind: 'cut-off' };
  if (last.sequence > head.sequence || last.hash !== head.hash) {
    return { sequence: Math.min(last.sequence, head.sequence + 1), kind: 'changed' };
  }
  return undefined;
}

/** JSON with the names of each object in order: PostgreSQL keeps them in an order of its own. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
