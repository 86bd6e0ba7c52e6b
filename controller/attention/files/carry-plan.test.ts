import { expect, it } from 'vitest';
import { type CarryFacts, planCarry } from './carry-plan.ts';

const facts = (given: Partial<CarryFacts>): CarryFacts => ({
  kind: 'hand-out',
  isOver: false,
  session: { isLive: true, isAssigned: true, host: 'host-1' },
  ...given,
});
const ended = { isLive: false, isAssigned: true, host: 'host-1' };

it('asks the host where somebody works', () => {
  expect(planCarry(facts({}))).toEqual({ kind: 'ask', host: 'host-1' });
  expect(planCarry(facts({ kind: 'collect' }))).toEqual({ kind: 'ask', host: 'host-1' });
});

it('takes files from where somebody worked last, and puts none there', () => {
  expect(planCarry(facts({ kind: 'collect', session: ended }))).toEqual({ kind: 'ask', host: 'host-1' });
  expect(planCarry(facts({ session: ended }))).toMatchObject({ kind: 'wait' });
});

it.each([null, { isLive: true, isAssigned: false, host: null }])(
  'waits for who has no desktop yet: %o',
  (session) => {
    for (const kind of ['hand-out', 'collect'] as const) {
      expect(planCarry(facts({ kind, session }))).toMatchObject({ kind: 'wait' });
    }
  },
);

it('gives up where there is no host to ask', () => {
  const session = { isLive: true, isAssigned: true, host: null };
  expect(planCarry(facts({ session }))).toMatchObject({
    kind: 'fail',
    reason: expect.stringContaining('on no host'),
  });
});

it('gives up once the time is over', () => {
  expect(planCarry(facts({ isOver: true }))).toMatchObject({ kind: 'fail' });
});
