import { expect, test } from 'vitest';
import { receiptWords } from './receipt-words.ts';

const now = new Date('2026-01-05T10:00:00.000Z');
const later = '2026-01-05T11:00:00.000Z';
const receipt = (seatName: string, shownAt: string | null, readAt: string | null) => ({
  seat: seatName,
  seatName,
  shownAt,
  readAt,
});
const words = (receipts: ReturnType<typeof receipt>[], given: object = {}) =>
  receiptWords({ receipts, withdrawnAt: null, expiresAt: later, ...given }, now);

test('a message that all have read is told so', () => {
  expect(words([receipt('Seat 1', later, later)])).toBe('Read at 1 of 1 seat.');
});

test('who has seen it and not read it is told apart from who has not seen it', () => {
  const receipts = [
    receipt('Seat 1', later, later),
    receipt('Seat 2', later, null),
    receipt('Seat 3', null, null),
  ];
  expect(words(receipts)).toBe('Read at 1 of 3 seats; shown at Seat 2; not seen at Seat 3.');
});

test('a message that is over says why', () => {
  expect(words([receipt('Seat 1', null, null)], { withdrawnAt: later })).toContain('taken back');
  expect(words([receipt('Seat 1', null, null)], { expiresAt: now.toISOString() })).toContain(
    'its time is over',
  );
});
