import { expect, test } from 'vitest';
import { isFinal, nextStep } from './next-step.ts';

test('an ended session is not tried again', () => {
  expect(nextStep('session_ended').what).toBe('ended');
  expect(nextStep('desktop_lost').what).toBe('ended');
});

test('a desktop that is not ready is waited for', () => {
  expect(nextStep('session_not_ready').what).toBe('wait');
});

test('a broken stream, a restart and anything unknown are tried again', () => {
  for (const code of [
    'stream_closed',
    'controller_away',
    'controller_stopping',
    '',
    'constructor',
    'no_such_code',
  ])
    expect(nextStep(code).what).toBe('retry');
});

test('an expired sign-in leads to the sign-in page', () => {
  expect(nextStep('sign_in_required').what).toBe('sign-in');
});

test('a desktop that moved to another seat is not asked for again here', () => {
  expect(nextStep('session_moved').what).toBe('moved');
  expect(
    ['session_moved', 'session_ended', 'sign_in_required'].map((code) => isFinal(nextStep(code))),
  ).toEqual([true, true, true]);
  expect(isFinal(nextStep('stream_closed'))).toBe(false);
  expect(isFinal(nextStep('session_not_ready'))).toBe(false);
});

test('who lost keyboard and mouse to somebody else, or the broadcast, does not ask for them again', () => {
  expect(['control_taken', 'broadcast_over'].map((code) => nextStep(code).what)).toEqual(['taken', 'ended']);
  expect(isFinal(nextStep('control_taken'))).toBe(true);
});
