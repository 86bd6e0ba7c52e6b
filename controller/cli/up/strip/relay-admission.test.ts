import { describe, expect, it } from 'vitest';
import { RelayAdmission } from './relay-admission.ts';

const issuedAt = '2030-01-01T08:00:00.000Z';
const nowMs = Date.parse(issuedAt);
const command = { id: 'command-1', issuedAt, ttlMs: 5_000, channel: 1, on: true };
const passedOn = { isRetained: false, nowMs };

describe('RelayAdmission', () => {
  it('follows a command once', () => {
    const admission = new RelayAdmission(2);
    expect(admission.refusalOf(command, passedOn)).toBeUndefined();
    expect(admission.refusalOf(command, passedOn)).toBe('repeated');
    expect(admission.refusalOf({ ...command, id: 'command-2' }, passedOn)).toBeUndefined();
  });

  it.each([
    ['retained', command, { isRetained: true, nowMs }],
    ['expired', command, { isRetained: false, nowMs: nowMs + 5_000 }],
    ['no-channel', { ...command, channel: 2 }, passedOn],
  ] as const)('drops one that is %s, and follows the same when it comes well', (why, dropped, arrival) => {
    const admission = new RelayAdmission(2);
    expect(admission.refusalOf(dropped, arrival)).toBe(why);
    expect(admission.refusalOf(command, passedOn)).toBeUndefined();
  });

  it('takes one until just before its time is over', () => {
    const arrival = { isRetained: false, nowMs: nowMs + 4_999 };
    expect(new RelayAdmission(2).refusalOf(command, arrival)).toBeUndefined();
  });

  it('remembers so many, and no more', () => {
    const admission = new RelayAdmission(2);
    for (let number = 0; number < 65; number += 1)
      admission.refusalOf({ ...command, id: `command-${number}` }, passedOn);
    expect(admission.refusalOf({ ...command, id: 'command-1' }, passedOn)).toBe('repeated');
    expect(admission.refusalOf({ ...command, id: 'command-0' }, passedOn)).toBeUndefined();
  });
});
