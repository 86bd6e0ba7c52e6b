import type { Session } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { endQuestion, sideWords } from './session-row-words.ts';

const now = new Date('2026-09-01T10:00:00.000Z');
const session = {
  username: 'ada',
  state: 'active',
  place: null,
  estimateS: null,
  trouble: null,
  reason: null,
  endReason: null,
  endsAt: null,
  warning: 0,
  startedAt: '2026-09-01T09:30:00.000Z',
} as Session;

test('a session that runs well needs no more words', () => {
  expect(sideWords(session, now)).toBeUndefined();
});

test('a waiting one has its place and what is known of the wait', () => {
  expect(sideWords({ ...session, state: 'waiting', place: 3, estimateS: 900 }, now)).toBe(
    'Number 3 in the queue. About 15 minutes.',
  );
});

test('an end that comes is told once its user was warned', () => {
  const endsAt = '2026-09-01T10:04:00.000Z';
  expect(sideWords({ ...session, endsAt }, now)).toBeUndefined();
  expect(sideWords({ ...session, endsAt, warning: 1 }, now)).toBe('ends in 4:00');
});

test('an ended one says why, in its own words if it has some', () => {
  expect(sideWords({ ...session, state: 'ended', endReason: 'idle' }, now)).toBe('not used for long');
  expect(
    sideWords({ ...session, state: 'ended', endReason: 'teacher', reason: 'Time for lunch.' }, now),
  ).toBe('Time for lunch.');
});

test('the question before an end names what is lost', () => {
  expect(endQuestion(session, 'CAD', now).text).toBe(
    'CAD, started 30 min ago. Open programs are closed and what is not saved is lost. Files in the home folder are kept.',
  );
  expect(endQuestion({ ...session, state: 'waiting' }, 'CAD', now).text).toContain('place in the queue');
});
