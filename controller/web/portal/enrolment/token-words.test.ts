import { expect, test } from 'vitest';
import { isUsable, tokenWords } from './token-words.ts';

const now = new Date('2026-03-02T10:00:00.000Z');
const fresh = { usesLeft: null, expiresAt: null, withdrawnAt: null };

test('a fresh token is good for any number of devices', () => {
  expect(tokenWords(fresh, now)).toBe('any number of devices');
  expect(isUsable(fresh, now)).toBe(true);
});

test('uses and time that are left are told', () => {
  expect(tokenWords({ ...fresh, usesLeft: 1, expiresAt: '2026-03-02T12:00:00.000Z' }, now)).toBe(
    '1 device, for 2 h',
  );
});

test('a token that is no longer good says why', () => {
  const spent = [
    { ...fresh, withdrawnAt: '2026-03-01T10:00:00.000Z' },
    { ...fresh, usesLeft: 0 },
    { ...fresh, expiresAt: '2026-03-02T10:00:00.000Z' },
  ];
  expect(spent.map((token) => tokenWords(token, now))).toEqual(['withdrawn', 'used up', 'expired']);
  expect(spent.some((token) => isUsable(token, now))).toBe(false);
});
