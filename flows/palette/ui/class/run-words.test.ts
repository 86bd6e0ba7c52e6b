import type { ClassRun, ClassRunSeat } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { deadlineWords, runSummary, stateOf, stepOf, timeWords } from './run-words.ts';

const now = new Date('2026-01-01T08:00:30.000Z');
const seat: ClassRunSeat = {
  seat: 'seat',
  seatName: 'Seat 1',
  student: null,
  session: null,
  step: 'awake',
  state: 'now',
  stepSince: '2026-01-01T08:00:00.000Z',
  deadlineAt: '2026-01-01T08:01:35.000Z',
  reason: null,
  retries: 0,
  finishedAt: null,
};
const run: ClassRun = {
  id: 'run',
  room: 'room',
  kind: 'start',
  lesson: null,
  template: null,
  group: null,
  state: 'running',
  startedBy: 'Ms Hopper',
  startedAt: '2026-01-01T08:00:00.000Z',
  endedAt: null,
  warnUntil: null,
  seats: [seat, { ...seat, state: 'done' }, { ...seat, state: 'failed' }],
};

describe('the words of a class run', () => {
  it('tell the step, how it stands, since when and until when', () => {
    expect([stepOf(seat), stateOf(seat).words, timeWords(seat, now), deadlineWords(seat, now)]).toEqual([
      'computer starts',
      'under way',
      '30 s',
      'in 1:05',
    ]);
  });

  it('say that a step is given up any moment once its time is over, and nothing of a finished one', () => {
    expect(deadlineWords(seat, new Date('2026-01-01T08:02:00.000Z'))).toBe('any moment');
    const done: ClassRunSeat = { ...seat, state: 'done', finishedAt: '2026-01-01T08:00:04.000Z' };
    expect([deadlineWords(done, now), timeWords(done, now)]).toEqual(['', '4 s']);
  });

  it('sum a run up: by whom, how many are done, and how many failed', () => {
    expect(runSummary(run)).toBe('Start by Ms Hopper: 1 of 3 seats done, 1 failed.');
    expect(runSummary({ ...run, kind: 'end', startedBy: null, seats: [seat] })).toBe(
      'End by the timetable: 0 of 1 seats done.',
    );
    expect(runSummary({ ...run, state: 'cancelled' })).toBe(
      'Start by Ms Hopper: cancelled after 1 of 3 seats.',
    );
  });
});
