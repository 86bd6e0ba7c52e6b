import { sessionStates } from '@homeroom/protocol';
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
  ['waiting', false, 'No desktop became free'],
  ['starting', false, 'could not be started'],
  ['starting', true, 'no page opened it'],
] as const)(
  'ends a session that was %s too long (assigned: %s) with a sentence',
  (state, assigned, words) => {
    const outcome = outcomeOf(state, assigned);
    expect(outcome.endReason).toBe('failed');
    expect(outcome.reason).toContain(words);
    expect(outcome.reason).toMatch(/^[A-Z].*\.$/);
  },
);
