import { describe, expect, it } from 'vitest';
import {
  type AuditContent,
  canonicalJson,
  chainStart,
  linkOf,
  type SealedRow,
  verifyEnd,
  verifyStretch,
} from './audit-chain.ts';

const content = (id: number): AuditContent => ({
  id,
  createdUs: 1_767_225_600_000_000 + id,
  actor: 'ana',
  action: 'room.rename',
  subject: 'room-1',
  details: null,
  before: { name: 'Lab', x: 1 },
  after: { x: 1, name: 'Hall' },
  address: null,
});

function chainOf(length: number): SealedRow[] {
  const rows: SealedRow[] = [];
  for (let id = 1; id <= length; id += 1) {
    rows.push({ ...content(id), ...linkOf(rows.at(-1) ?? chainStart, content(id)) });
  }
  return rows;
}

describe('a chain', () => {
  const rows = chainOf(5);
  const end = rows.at(-1) ?? chainStart;

  it('is right as it was made, also in stretches', () => {
    const first = verifyStretch(chainStart, rows.slice(0, 2));
    const second = verifyStretch(first.last, rows.slice(2));
    expect([first.fault, second.fault]).toEqual([undefined, undefined]);
    expect(second.last).toEqual({ sequence: 5, hash: end.hash });
    expect(verifyEnd(second.last, end)).toBeUndefined();
  });

  it.each([
    ['id', 99],
    ['createdUs', 1],
    ['actor', 'ben'],
    ['action', 'room.create'],
    ['subject', null],
    ['details', {}],
    ['before', null],
    ['after', { name: 'Hall', x: 2 }],
    ['address', '127.0.0.1'],
    ['hash', '0'.repeat(64)],
  ])('shows a changed %s', (name, value) => {
    const changed = rows.map((row) => (row.sequence === 3 ? { ...row, [name]: value } : row));
    expect(verifyStretch(chainStart, changed).fault).toEqual({ sequence: 3, kind: 'changed' });
  });

  it('shows a row that was removed, at the beginning and in between', () => {
    expect(verifyStretch(chainStart, rows.slice(1)).fault).toEqual({ sequence: 1, kind: 'missing' });
    const without = rows.filter(({ sequence }) => sequence !== 3);
    expect(verifyStretch(chainStart, without).fault).toEqual({ sequence: 3, kind: 'missing' });
  });

  it('shows rows that were cut off, and an end of another chain', () => {
    const { last } = verifyStretch(chainStart, rows.slice(0, 3));
    expect(verifyEnd(last, end)).toEqual({ sequence: 4, kind: 'cut-off' });
    expect(verifyEnd(end, { sequence: 5, hash: 'another' })).toEqual({ sequence: 5, kind: 'changed' });
    expect(verifyEnd(end, last)).toEqual({ sequence: 4, kind: 'changed' });
  });

  it('is of no matter in which order the database tells names', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });
});
