import { type DesktopState, desktopStates, HomeroomError } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { type DesktopFacts, lookAgainInMs, planDesktop, questionOf } from './desktop-plan.ts';
import { isDesktopMove } from './desktop-states.ts';
import type { Progress } from './provider.ts';

const facts = (state: DesktopState, more: Partial<DesktopFacts> = {}): DesktopFacts => ({
  state,
  level: 'warm',
  isOverdue: false,
  hasSession: true,
  ...more,
});
const offline = new HomeroomError('device_offline', 'pi-1 is not connected');

describe('what the provider is asked', () => {
  it.each([
    ['creating', null, 'create'],
    ['creating', {}, 'poll'],
    ['cold', {}, 'poll'],
    ['warming', {}, 'warm'],
    ['ready', {}, 'poll'],
    ['cooling', {}, 'cool'],
    ['claimed', {}, 'poll'],
    ['deleting', null, 'delete'],
    ['failed', {}, 'nothing'],
    ['gone', {}, 'nothing'],
  ] as const)('%s with ref %j: %s', (state, ref, question) => {
    expect(questionOf(state, ref)).toBe(question);
  });
});

describe('a desktop that is made', () => {
  it('is ready when the provider says so, even a little late', () => {
    const step = planDesktop(facts('creating', { isOverdue: true }), { state: 'ready' });
    expect(step).toEqual({ do: 'move', to: 'ready', error: null });
  });

  it('waits while the provider works, with its reason on record', () => {
    const step = planDesktop(facts('creating'), { state: 'working', reason: 'No host has a place.' });
    expect(step).toEqual({ do: 'wait', error: 'No host has a place.' });
  });

  it('waits when asking failed', () => {
    expect(planDesktop(facts('creating'), offline)).toEqual({ do: 'wait', error: 'pi-1 is not connected' });
  });

  it('has failed with the provider’s reason', () => {
    const step = planDesktop(facts('creating'), { state: 'failed', reason: 'No such image.' });
    expect(step).toEqual({ do: 'move', to: 'failed', error: 'No such image.' });
  });

  it('has failed when its time is over, with the last reason', () => {
    const step = planDesktop(facts('creating', { isOverdue: true }), offline);
    expect(step).toEqual({
      do: 'move',
      to: 'failed',
      error: 'The desktop was not ready in time. pi-1 is not connected',
    });
  });
});

describe('a desktop that is made for the cold level', () => {
  it('is stopped as soon as it is whole', () => {
    const step = planDesktop(facts('creating', { level: 'cold' }), { state: 'ready' });
    expect(step).toEqual({ do: 'move', to: 'cooling', error: null });
  });

  it('is cold when the provider says so', () => {
    const step = planDesktop(facts('cooling', { level: 'cold', isOverdue: true }), { state: 'cold' });
    expect(step).toEqual({ do: 'move', to: 'cold', error: null });
  });

  it('waits while it is stopped, even if it still answers', () => {
    const step = planDesktop(facts('cooling', { level: 'cold' }), { state: 'ready' });
    expect(step).toEqual({ do: 'wait', error: null });
  });

  it('has failed when it cannot be stopped in time', () => {
    const step = planDesktop(facts('cooling', { level: 'cold', isOverdue: true }), { state: 'working' });
    expect(step).toEqual({ do: 'move', to: 'failed', error: 'The desktop could not be stopped in time.' });
  });
});

describe('a cold desktop that is started', () => {
  it('is ready when the provider says so', () => {
    expect(planDesktop(facts('warming'), { state: 'ready' })).toEqual({
      do: 'move',
      to: 'ready',
      error: null,
    });
  });

  it('has failed when it is not there any more', () => {
    const step = planDesktop(facts('warming'), { state: 'gone', reason: 'Somebody removed it.' });
    expect(step).toEqual({ do: 'move', to: 'failed', error: 'Somebody removed it.' });
  });

  it('has failed when its time is over', () => {
    const step = planDesktop(facts('warming', { isOverdue: true }), { state: 'working' });
    expect(step).toEqual({ do: 'move', to: 'failed', error: 'The desktop was not ready in time.' });
  });
});

it('gives a cold desktop up that is gone, and leaves one that stands', () => {
  expect(planDesktop(facts('cold'), { state: 'cold' })).toEqual({ do: 'wait', error: null });
  expect(planDesktop(facts('cold'), { state: 'gone' })).toEqual({
    do: 'move',
    to: 'deleting',
    error: 'The desktop is gone.',
  });
});

describe('a desktop in use', () => {
  it.each([[{ state: 'ready' }], [{ state: 'working' }]] as [Progress][])(
    'is left alone at the answer %j',
    (answer) => {
      expect(planDesktop(facts('claimed'), answer)).toEqual({ do: 'wait', error: null });
    },
  );

  it('is kept when its provider cannot be asked, with the reason for whoever comes back to it', () => {
    const error = expect.stringMatching(/\S/);
    expect(planDesktop(facts('claimed'), offline)).toEqual({ do: 'wait', error });
    expect(planDesktop(facts('ready'), offline)).toEqual({ do: 'wait', error: null });
  });

  it.each(['gone', 'failed'] as const)('is given up when the provider says %s', (state) => {
    const step = planDesktop(facts('claimed'), { state, reason: 'Its machine is gone.' });
    expect(step).toEqual({ do: 'move', to: 'deleting', error: 'Its machine is gone.' });
  });

  it('is given up when no session has it', () => {
    const step = planDesktop(facts('claimed', { hasSession: false }), { state: 'ready' });
    expect(step).toEqual({ do: 'move', to: 'deleting', error: null });
  });
});

describe('a desktop that is removed', () => {
  it('is gone when the provider says so', () => {
    expect(planDesktop(facts('deleting'), { state: 'gone' })).toEqual({
      do: 'move',
      to: 'gone',
      error: null,
    });
  });

  it('is tried on after its time, and says so', () => {
    const step = planDesktop(facts('deleting', { isOverdue: true }), offline);
    expect(step).toEqual({ do: 'wait', error: 'It could not be removed yet. pi-1 is not connected' });
  });

  it('follows a failure at once', () => {
    expect(planDesktop(facts('failed'), undefined)).toMatchObject({ to: 'deleting' });
  });
});

it('plans no move that the states do not allow', () => {
  const answers = [
    undefined,
    offline,
    ...(['working', 'ready', 'cold', 'failed', 'gone'] as const).map((state) => ({ state })),
  ];
  const moves = desktopStates.flatMap((state) =>
    answers.flatMap((answer) =>
      [true, false].flatMap((flag) => {
        const level = flag ? 'cold' : 'warm';
        const step = planDesktop({ state, level, isOverdue: flag, hasSession: flag }, answer);
        return step.do === 'move' ? [[state, step.to] as const] : [];
      }),
    ),
  );
  expect(moves.filter(([from, to]) => !isDesktopMove(from, to))).toEqual([]);
  expect(moves.length).toBeGreaterThan(10);
});

describe('when it is looked at again', () => {
  const look = (state: DesktopState, attempts: number, isAnswered: boolean, chance = 0.5) =>
    lookAgainInMs({ state, attempts, isAnswered, isOverdue: false }, chance);

  it('is soon while the provider works', () => {
    expect([0, 1, 2, 3, 5_000].map((attempts) => look('creating', attempts, true))).toEqual([
      250, 500, 1_000, 1_500, 1_500,
    ]);
  });

  it('is later after each look that was not answered, up to half a minute', () => {
    const spans = [0, 1, 2, 3, 20, 5_000].map((attempts) => look('deleting', attempts, false));
    expect(spans).toEqual([250, 500, 1_000, 2_000, 30_000, 30_000]);
  });

  it('is about once a minute for a removal that is past its deadline, answered or not', () => {
    const spans = [true, false].map((isAnswered) =>
      lookAgainInMs({ state: 'deleting', attempts: 400, isAnswered, isOverdue: true }, 0.5),
    );
    expect(spans).toEqual([60_000, 60_000]);
  });

  it('is spread by chance', () => {
    expect([0, 0.999].map((chance) => look('claimed', 1, true, chance))).toEqual([225_000, 374_850]);
  });

  it('is soon for one in use whose host did not answer', () => {
    expect([0, 20].map((attempts) => look('claimed', attempts, false))).toEqual([250, 30_000]);
  });
});
