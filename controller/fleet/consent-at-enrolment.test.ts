import { describe, expect, it } from 'vitest';
import { consentAtEnrolment } from './consent-at-enrolment.ts';

const earlier = new Date('2026-03-01T08:00:00.000Z');
const later = new Date('2026-03-02T08:00:00.000Z');
const seatToken = { mayHost: false, createdAt: later };
const hostToken = { mayHost: true, createdAt: later };

describe('a device that enrols', () => {
  it.each([
    ['without a token', null],
    ['by a token for seats', seatToken],
  ])('is no host when it comes %s', (_how, token) => {
    expect(consentAtEnrolment({ before: null, token })).toBeNull();
  });

  it('is a host when its token carries the right', () => {
    expect(consentAtEnrolment({ before: null, token: hostToken })).toBe('allowed');
  });

  it.each([
    ['without a token', null],
    ['by a token for seats', seatToken],
  ])('does not take over the consent of the device that it comes back as, %s', (_how, token) => {
    const before = { consent: 'allowed', decidedAt: earlier } as const;
    expect(consentAtEnrolment({ before, token })).toBeNull();
  });

  it('stays a host when it comes back by a token that carries the right', () => {
    const before = { consent: 'allowed', decidedAt: later } as const;
    expect(consentAtEnrolment({ before, token: { ...hostToken, createdAt: earlier } })).toBe('allowed');
  });
});

describe('an admin’s refusal', () => {
  it.each([
    ['no token', null],
    ['a token for seats', seatToken],
    ['an older token for hosts', { ...hostToken, createdAt: earlier }],
    ['a token for hosts of the same moment', hostToken],
  ])('outlasts an enrolment by %s', (_how, token) => {
    expect(consentAtEnrolment({ before: { consent: 'refused', decidedAt: later }, token })).toBe('refused');
  });

  it('ends with a newer token for hosts', () => {
    const before = { consent: 'refused', decidedAt: earlier } as const;
    expect(consentAtEnrolment({ before, token: hostToken })).toBe('allowed');
  });
});
