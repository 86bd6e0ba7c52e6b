import { describe, expect, it } from 'vitest';
import { countEnds, restartDelayMs } from './restart-policy.ts';

describe('restartDelayMs', () => {
  it('waits twice as long each time, up to half a minute', () => {
    expect([1, 2, 3, 6, 7, 8, 10].map(restartDelayMs)).toEqual([500, 1000, 2000, 16000, 30000, 30000, 30000]);
  });

  it('gives up after ten ends in a row', () => {
    expect(restartDelayMs(11)).toBeUndefined();
  });
});

describe('countEnds', () => {
  it('adds up ends after short runs', () => {
    expect(countEnds(3, 59_999)).toBe(4);
  });

  it('forgives the earlier ends after a run of a minute', () => {
    expect(countEnds(10, 60_000)).toBe(1);
  });
});
