import { HomeroomError } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { outcomeAfter, planSteps } from './plan-steps.ts';
import type { SeatFacts } from './seat-facts.ts';

const nowMs = 1_000_000;
const facts: SeatFacts = {
  kind: 'start',
  step: 'power',
  seat: 'seat-1',
  student: { id: 'ben', displayName: 'Ben' },
  template: 'desktop',
  device: {
    id: 'pi-1',
    state: 'ready',
    isShuttingDown: false,
    desiredUrl: '/kiosk/pi-1',
    desiredRevision: 1,
    desiredScreen: 'on',
    reported: null,
    cec: null,
    burdens: 0,
  },
  power: undefined,
  input: null,
  here: null,
  theirs: null,
  ended: null,
  warnUntilMs: null,
  powersOff: false,
  askedAtMs: nowMs - 1,
  deadlineMs: nowMs + 1,
};
const look = (changed: Partial<SeatFacts>) => planSteps({ ...facts, ...changed }, { run: 'run-1', nowMs });

it('passes in one look what is so already, and asks for the first thing that is not', () => {
  const { outcome, action } = look({});
  expect(action).toEqual({ do: 'claim', user: 'ben', template: 'desktop' });
  expect(outcome).toMatchObject({
    step: 'desktop',
    state: 'now',
    isNewStep: true,
    isAsked: true,
    limitS: 300,
  });
});

it('gives a step that is come to its own time', () => {
  const lost = { ...facts.device, state: 'lost' } as NonNullable<SeatFacts['device']>;
  expect(look({ device: lost, deadlineMs: nowMs }).outcome).toMatchObject({ step: 'awake', state: 'now' });
  expect(look({ step: 'awake', device: lost, deadlineMs: nowMs }).outcome).toMatchObject({
    step: 'awake',
    state: 'failed',
  });
});

it('is done after the last step, with the remark of the way', () => {
  const outcome = look({
    kind: 'end',
    step: 'warning',
    powersOff: true,
    device: { ...facts.device, desiredScreen: 'off' } as NonNullable<SeatFacts['device']>,
  });
  expect(outcome).toEqual({
    outcome: {
      run: 'run-1',
      seat: 'seat-1',
      step: 'power',
      state: 'done',
      reason: 'It has no relay, so it stays on.',
      isNewStep: true,
      limitS: 120,
      isAsked: false,
      session: null,
      againMs: 1_500,
    },
  });
});

it('fails by what nobody can mend in time, and tries anything else again', () => {
  const { outcome } = look({});
  const after = (failure: Error) => outcomeAfter(outcome, failure);
  expect(after(new HomeroomError('quota_exceeded', 'Two hours a week.'))).toMatchObject({
    state: 'failed',
    reason: 'Two hours a week.',
  });
  expect(after(new HomeroomError('seat_taken', 'Cleo is there.'))).toMatchObject({
    state: 'now',
    reason: 'Cleo is there.',
  });
  expect(after(new Error('x'.repeat(500))).reason).toHaveLength(200);
});
