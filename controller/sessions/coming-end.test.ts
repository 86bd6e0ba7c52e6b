import { expect, it } from 'vitest';
import { comingEnd, type EndFacts } from './coming-end.ts';

const minuteMs = 60_000;
const at = (minutes: number): Date => new Date(minutes * minuteMs);

/** Claimed at 0, its user's at minute 1, last used at minute 10; no rule yet. */
const facts: EndFacts = {
  state: 'active',
  claimedAt: at(0),
  assignedAt: at(1),
  lastInputAt: at(10),
  keptUntil: null,
  deadlineAt: null,
  idleTimeoutS: null,
  limitS: null,
  graceS: 600,
  lesson: null,
  classEnd: null,
};
const limitS = 3_600;
const idleTimeoutS = 1_200;
const lesson = { startsAt: at(0), endsAt: at(45) };

it('has none for a session without a rule, or without a desktop in use', () => {
  expect(comingEnd(facts)).toBeUndefined();
  for (const state of ['waiting', 'starting', 'ended'] as const)
    expect(comingEnd({ ...facts, state, limitS, idleTimeoutS, lesson })).toBeUndefined();
});

it('counts the limit from the claim, whatever is typed or asked for', () => {
  const end = comingEnd({ ...facts, limitS, lastInputAt: at(59), keptUntil: at(200) });
  expect(end).toMatchObject({ atMs: 60 * minuteMs, endReason: 'limit', isKeepable: false });
});

it('counts idleness from the last input, or from when the desktop became its user’s', () => {
  expect(comingEnd({ ...facts, idleTimeoutS })).toMatchObject({ atMs: 30 * minuteMs, endReason: 'idle' });
  expect(comingEnd({ ...facts, idleTimeoutS, lastInputAt: null })?.atMs).toBe(21 * minuteMs);
});

it('ends with the lesson where the lesson says so', () => {
  expect(comingEnd({ ...facts, lesson })).toMatchObject({ atMs: 45 * minuteMs, endReason: 'lesson-over' });
});

it('keeps a detached session for its grace', () => {
  const detached = { ...facts, state: 'detached', deadlineAt: at(20) } as const;
  expect(comingEnd(detached)).toMatchObject({ atMs: 20 * minuteMs, endReason: 'idle', spanMs: 600_000 });
});

it('takes the earliest of all', () => {
  const all = { ...facts, limitS, idleTimeoutS, lesson };
  expect(comingEnd(all)?.endReason).toBe('idle');
  expect(comingEnd({ ...all, lastInputAt: at(40) })?.endReason).toBe('lesson-over');
  expect(comingEnd({ ...all, lastInputAt: at(59), lesson: null })?.endReason).toBe('limit');
});

it('puts idleness, a grace and a lesson’s end off for who asked to stay', () => {
  const kept = { ...facts, keptUntil: at(50) };
  expect(comingEnd({ ...kept, idleTimeoutS })?.atMs).toBe(50 * minuteMs);
  expect(comingEnd({ ...kept, lesson })?.atMs).toBe(50 * minuteMs);
  expect(comingEnd({ ...kept, state: 'detached', deadlineAt: at(20) })?.atMs).toBe(50 * minuteMs);
});

it('says why in a sentence', () => {
  for (const rule of [{ limitS }, { idleTimeoutS }, { lesson }])
    expect(comingEnd({ ...facts, ...rule })?.reason).toMatch(/^[A-Z].*\.$/);
});

it('ends a class when its teacher said, whatever is typed or asked for', () => {
  const classEnd = { toldAt: at(20), endsAt: at(21) };
  expect(comingEnd({ ...facts, lesson, keptUntil: at(60), classEnd })).toEqual({
    atMs: at(21).getTime(),
    endReason: 'lesson-over',
    reason: 'The class is over.',
    spanMs: minuteMs,
    isKeepable: false,
    isAnnounced: true,
  });
});
