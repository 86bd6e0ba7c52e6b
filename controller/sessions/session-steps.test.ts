import { expect, it } from 'vitest';
import { type StepFacts, stepsOf } from './session-steps.ts';

const createdAt = new Date('2026-03-01T08:00:00.000Z');
const claimedAt = new Date('2026-03-01T08:01:00.000Z');
const assignedAt = new Date('2026-03-01T08:01:01.000Z');
const waiting: StepFacts = { state: 'waiting', createdAt, claimedAt: null, assignedAt: null };
const states = (facts: StepFacts) => stepsOf(facts).map(({ name, state }) => `${name} ${state}`);

it('tells what was done, what goes on, and what comes', () => {
  expect(states(waiting)).toEqual([
    'queued now',
    'found next',
    'preparing next',
    'connecting next',
    'there next',
  ]);
  expect(states({ ...waiting, state: 'starting', claimedAt })).toEqual([
    'queued done',
    'found done',
    'preparing now',
    'connecting next',
    'there next',
  ]);
  expect(states({ ...waiting, state: 'starting', claimedAt, assignedAt })).toContain('connecting now');
});

it('is through once the desktop is there, and over with the session', () => {
  for (const state of ['active', 'detached'] as const)
    expect(stepsOf({ state, createdAt, claimedAt, assignedAt }).every((step) => step.state === 'done')).toBe(
      true,
    );
  expect(stepsOf({ ...waiting, state: 'ended' })).toEqual([]);
});

it('tells when each step was reached, and nothing of those to come', () => {
  const times = stepsOf({ state: 'starting', createdAt, claimedAt, assignedAt: null }).map(({ at }) => at);
  expect(times).toEqual([
    createdAt.toISOString(),
    claimedAt.toISOString(),
    claimedAt.toISOString(),
    null,
    null,
  ]);
});
