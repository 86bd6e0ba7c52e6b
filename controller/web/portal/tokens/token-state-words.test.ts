import { expect, it } from 'vitest';
import { isGood, tokenStateWords } from './token-state-words.ts';

const now = new Date('2026-05-01T12:00:00Z');
const token = { expiresAt: '2026-07-30T12:00:00.000Z', lastUsedAt: null, withdrawnAt: null };

it('says until when a token is good', () => {
  expect(tokenStateWords(token, now)).toBe('until 2026-07-30, never used');
  expect(tokenStateWords({ ...token, expiresAt: null }, now)).toBe('until it is withdrawn, never used');
  expect(tokenStateWords({ ...token, lastUsedAt: '2026-05-01T11:00:00.000Z' }, now)).toMatch(
    /^until .*, used .*ago$/,
  );
});

it('says that one is over or was withdrawn, and then it opens nothing', () => {
  const over = { ...token, expiresAt: '2026-05-01T12:00:00.000Z' };
  const withdrawn = { ...token, withdrawnAt: '2026-05-01T11:00:00.000Z' };
  expect([tokenStateWords(over, now), isGood(over, now)]).toEqual(['over', false]);
  expect(tokenStateWords(withdrawn, now)).toMatch(/^withdrawn .*ago$/);
  expect([isGood(withdrawn, now), isGood(token, now)]).toEqual([false, true]);
});
