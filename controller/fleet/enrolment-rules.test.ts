import { expect, it } from 'vitest';
import { answerEnrolment, type EnrolmentQuestion } from './enrolment-rules.ts';

const now = new Date('2026-01-01T12:00:00.000Z');
const question: EnrolmentQuestion = {
  policy: 'token',
  openUntil: null,
  token: 'none',
  known: 'no',
  device: 'pi-1',
  now,
};
const answer = (given: Partial<EnrolmentQuestion>) => {
  const given_ = answerEnrolment({ ...question, ...given });
  return given_.answer === 'refuse' ? given_.code : given_.answer;
};
const later = new Date('2026-01-01T12:05:00.000Z');

it.each([
  ['token', null, 'enrolment_closed'],
  ['open', later, 'accept'],
  ['open', now, 'enrolment_closed'],
  ['open', null, 'enrolment_closed'],
  ['approve', null, 'wait'],
] as const)('answers a device without a token, policy %s until %s: %s', (policy, openUntil, expected) => {
  expect(answer({ policy, openUntil })).toBe(expected);
});

it.each(['token', 'open', 'approve'] as const)('takes a usable token under policy %s', (policy) => {
  expect(answer({ policy, token: 'usable' })).toBe('accept');
});

it.each(['token', 'open', 'approve'] as const)('refuses a wrong token even under policy %s', (policy) => {
  expect(answer({ policy, openUntil: later, token: 'wrong' })).toBe('join_token_wrong');
});

it('refuses an identity that is connected', () => {
  expect(answer({ token: 'usable', known: 'connected' })).toBe('device_identity_in_use');
});

it('takes a known device that is away, with a token', () => {
  expect(answer({ token: 'usable', known: 'away' })).toBe('accept');
});

it.each(['token', 'open'] as const)('keeps a revoked device out under policy %s', (policy) => {
  expect(answer({ policy, openUntil: later, token: 'usable', known: 'revoked' })).toBe('device_revoked');
  expect(answer({ policy, openUntil: later, known: 'revoked' })).toBe('device_revoked');
});

it('leaves a revoked device to the admin under policy approve', () => {
  expect(answer({ policy: 'approve', token: 'usable', known: 'revoked' })).toBe('wait');
});

it.each(['observer', 'claim', 'claim-abcd1234', 'enrol-x', 'controller', 'controller-1', 'admin'])(
  'refuses the id %s, which is a user name of the broker’s own',
  (device) => {
    expect(answer({ device, token: 'usable' })).toBe('request_invalid');
  },
);
