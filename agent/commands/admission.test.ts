import { errorCodeOf } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { type Arrival, admit } from './admission.ts';

const issuedAt = '2026-01-01T00:00:00.000Z';

function answer(afterMs: number, arrival: Partial<Arrival> = {}) {
  const receivedAt = new Date(Date.parse(issuedAt) + afterMs);
  try {
    admit(
      { id: 'command-1', issuedAt, ttlMs: 10_000, args: {} },
      { isRetained: false, waitedMs: 0, isClockSynchronised: true, receivedAt, ...arrival },
    );
    return 'admitted';
  } catch (error) {
    return errorCodeOf(error);
  }
}

describe('admit', () => {
  it('lets a fresh command run', () => {
    expect(answer(50)).toBe('admitted');
  });

  it('refuses a retained command however fresh it is', () => {
    expect(answer(50, { isRetained: true })).toBe('command_retained');
  });

  it('refuses one that is older than its time to live and the clocks’ difference', () => {
    expect(answer(14_999)).toBe('admitted');
    expect(answer(15_000)).toBe('command_expired');
  });

  it('counts the time that it waited here', () => {
    expect(answer(0, { waitedMs: 9_999 })).toBe('admitted');
    expect(answer(0, { waitedMs: 10_000 })).toBe('command_expired');
  });

  it.each([-86_400_000, 86_400_000])(
    'counts from receipt alone while this clock is wrong by %i ms',
    (skewMs) => {
      expect(answer(skewMs, { isClockSynchronised: false, waitedMs: 9_999 })).toBe('admitted');
      expect(answer(skewMs, { isClockSynchronised: false, waitedMs: 10_000 })).toBe('command_expired');
    },
  );
});
