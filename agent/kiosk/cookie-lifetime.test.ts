import { describe, expect, it } from 'vitest';
import { renewAfterMs } from './cookie-lifetime.ts';

const now = new Date('2026-01-01T00:00:00.000Z');

describe('renewAfterMs', () => {
  it('renews a cookie of an hour after 45 minutes', () => {
    expect(renewAfterMs(now, new Date('2026-01-01T01:00:00.000Z'))).toBe(45 * 60_000);
  });

  it('renews one of a year every day', () => {
    expect(renewAfterMs(now, new Date('2027-01-01T00:00:00.000Z'))).toBe(24 * 3_600_000);
  });

  it('renews one that has expired soon, but not without a pause', () => {
    expect(renewAfterMs(now, new Date('2025-12-31T23:00:00.000Z'))).toBe(1_000);
  });
});
