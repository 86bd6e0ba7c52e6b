import { endReasons, type SessionState, sessionStates } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { outcomeOf, sessionMoves, statesBefore } from './session-states.ts';

const live = sessionStates.filter((state) => state !== 'ended');

it('lets every live session end, and an ended one never come back', () => {
  expect(statesBefore('ended')).toEqual(live);
  expect(sessionMoves.ended).toEqual([]);
});

it('opens a stream from starting and detached alone', () => {
  expect(statesBefore('active')).toEqual(['starting', 'detached']);
});

it.each([
  ['waiting', 'deadline', false, 'failed', 'No desktop became free'],
  ['starting', 'deadline', false, 'failed', 'could not be started'],
  ['starting', 'deadline', true, 'failed', 'no page opened it'],
  ['detached', 'deadline', true, 'idle', 'Nobody came back'],
  ['active', 'limit', true, 'limit', 'time is over'],
  ['detached', 'limit', true, 'limit', 'time is over'],
  ['active', 'idle', true, 'idle', 'keyboard'],
] as const)(
  'ends a session that was %s past its %s (assigned: %s) as %s',
  (state, overdue, assigned, end, words) => {
    const outcome = outcomeOf(state, overdue, assigned);
    expect(outcome.endReason).toBe(end);
    expect(outcome.reason).toContain(words);
  },
);

it('has a sentence for every state and limit', () => {
  const outcomes = live.flatMap((state: SessionState) =>
    (['limit', 'idle', 'deadline'] as const).flatMap((overdue) =>
      [true, false].map((wasAssigned) => outcomeOf(state, overdue, wasAssigned)),
    ),
  );
  expect(
    outcomes.filter(
      ({ endReason, reason }) => !endReasons.includes(endReason) || !/^[A-Z].*\.$/.test(reason),
    ),
  ).toEqual([]);
});
