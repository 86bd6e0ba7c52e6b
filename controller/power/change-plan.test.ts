import { describe, expect, it } from 'vitest';
import { answerLimitMs, type ChangeFacts, planChange, pressMs } from './change-plan.ts';

const nowMs = 1_000_000;
const base: ChangeFacts = {
  action: 'off',
  isForced: false,
  askedMs: nowMs - 1_000,
  expiresMs: nowMs + 60_000,
  isOnline: true,
  isOn: true,
  offSinceMs: null,
  minimumOffMs: 5_000,
  heldOn: undefined,
  sentMs: null,
  sentOn: null,
  sends: 0,
  waitsFor: null,
  shutdownAskedMs: null,
  shutDownMs: null,
  computer: null,
};
const ready = { state: 'ready', hasSaidShutdown: false, wasAwake: true, marginMs: 10_000 } as const;
const down = { ...ready, state: 'disconnected', hasSaidShutdown: true } as const;
const plan = (facts: Partial<ChangeFacts>) => planChange({ ...base, ...facts }, nowMs);

describe('switching off', () => {
  it('cuts at once what no computer hangs on', () => {
    expect(plan({})).toEqual({ do: 'send', on: false });
  });

  it('shuts a computer down first, and waits for its word', () => {
    expect(plan({ computer: ready })).toEqual({ do: 'ask-shutdown' });
    expect(plan({ computer: ready, shutdownAskedMs: nowMs - 1 })).toMatchObject({
      do: 'wait',
      reason: 'The computer is shutting down.',
    });
    expect(plan({ computer: ready, shutdownAskedMs: nowMs - 60_000 })).toEqual({ do: 'ask-shutdown' });
  });

  it('cuts a margin after that word', () => {
    expect(plan({ computer: down })).toEqual({ do: 'note-shutdown' });
    expect(plan({ computer: down, shutDownMs: nowMs - 9_999 })).toMatchObject({
      do: 'wait',
      untilMs: nowMs + 1,
    });
    expect(plan({ computer: down, shutDownMs: nowMs - 10_000 })).toEqual({ do: 'send', on: false });
  });

  it('takes a connection that is missed after that word for the end of the machine', () => {
    const missed = { ...ready, state: 'lost' } as const;
    expect(plan({ computer: missed, shutDownMs: nowMs - 10_000 })).toEqual({ do: 'send', on: false });
    expect(plan({ computer: { ...missed, wasAwake: false }, shutDownMs: nowMs - 10_000 })).not.toEqual({
      do: 'send',
      on: false,
    });
  });

  it('begins anew with a computer that came back within the margin', () => {
    expect(plan({ computer: ready, shutDownMs: nowMs - 20_000, shutdownAskedMs: nowMs - 30_000 })).toEqual({
      do: 'forget-shutdown',
    });
  });

  it('takes no word of before power came', () => {
    expect(plan({ computer: { ...down, wasAwake: false }, shutDownMs: nowMs - 60_000 })).toMatchObject({
      do: 'wait',
      reason: 'The computer has not been heard since power came: it may be starting.',
    });
  });

  it('leaves power to a computer that went away without a word', () => {
    const gone = { ...ready, state: 'lost' } as const;
    expect(plan({ computer: gone })).toMatchObject({ do: 'wait' });
    expect(plan({ computer: gone, askedMs: nowMs - 20_000 })).toMatchObject({ do: 'fail' });
    expect(plan({ computer: { ...gone, state: 'disconnected' }, askedMs: nowMs - 20_000 })).toMatchObject({
      do: 'fail',
    });
  });

  it('cuts by force whatever the computer says', () => {
    for (const computer of [ready, { ...ready, state: 'lost' as const }, { ...down, wasAwake: false }])
      expect(plan({ computer, isForced: true })).toEqual({ do: 'send', on: false });
  });

  it('is over when the relay says off, whoever switched it', () => {
    expect(plan({ isOn: false, computer: ready })).toEqual({ do: 'finish' });
  });
});

describe('switching on', () => {
  const on = { action: 'on', isOn: false } as const;

  it('waits for the minimum time off', () => {
    expect(plan({ ...on, offSinceMs: nowMs - 4_999 })).toMatchObject({ do: 'wait', untilMs: nowMs + 1 });
    expect(plan({ ...on, offSinceMs: nowMs - 5_000 })).toEqual({ do: 'send', on: true });
    expect(plan(on)).toEqual({ do: 'send', on: true });
  });

  it('turns into a cycle where the machine is off and its power is up', () => {
    expect(plan({ action: 'on', isOn: true, computer: down })).toEqual({ do: 'turn-cycle' });
    expect(plan({ action: 'on', isOn: true, computer: ready })).toEqual({ do: 'finish' });
  });

  it('waits for a computer that still shuts down', () => {
    const going = { action: 'on', isOn: true, computer: ready, shutdownAskedMs: nowMs - 1_000 } as const;
    expect(plan(going)).toMatchObject({ do: 'wait', reason: 'The computer is still shutting down.' });
    expect(plan({ ...going, shutdownAskedMs: nowMs - 60_000 })).toEqual({ do: 'finish' });
  });
});

describe('a cycle', () => {
  it('goes off, and then on', () => {
    expect(plan({ action: 'cycle', computer: ready })).toEqual({ do: 'ask-shutdown' });
    expect(plan({ action: 'cycle', isOn: false })).toEqual({ do: 'turn-on' });
  });
});

describe('a relay', () => {
  it('is given time to answer, and is told three times', () => {
    const sent = { sentMs: nowMs - answerLimitMs, sentOn: false, sends: 1 };
    expect(plan({ ...sent, sentMs: nowMs - 1 })).toMatchObject({
      do: 'wait',
      untilMs: nowMs + answerLimitMs - 1,
    });
    expect(plan(sent)).toEqual({ do: 'send', on: false });
    expect(plan({ ...sent, sends: 3 })).toEqual({
      do: 'fail',
      reason: 'The relay did not do what it was told.',
    });
  });

  it('that is away is waited for, and told nothing past the end of the change', () => {
    expect(plan({ isOnline: false })).toMatchObject({ do: 'wait', reason: 'The relay is not connected.' });
    expect(plan({ isOnline: false, expiresMs: nowMs })).toEqual({
      do: 'fail',
      reason: 'The relay is not connected.',
    });
  });

  it('is told nothing late', () => {
    expect(plan({ expiresMs: nowMs, waitsFor: 'It waits for its turn.' })).toEqual({
      do: 'fail',
      reason: 'It waits for its turn.',
    });
  });

  it('that somebody holds by hand wins', () => {
    expect(plan({ heldOn: true })).toMatchObject({ do: 'fail' });
    expect(plan({ action: 'on', isOn: false, heldOn: false })).toMatchObject({ do: 'fail' });
    expect(plan({ heldOn: false })).toEqual({ do: 'send', on: false });
  });
});

describe('a press of a button', () => {
  const press = { action: 'pulse', isOn: false } as const;

  it('is on, and off a moment later', () => {
    expect(plan(press)).toEqual({ do: 'send', on: true });
    const pressed = { ...press, isOn: true, sentOn: true, sends: 1 };
    expect(plan({ ...pressed, sentMs: nowMs - 1 })).toMatchObject({
      do: 'wait',
      untilMs: nowMs + pressMs - 1,
    });
    expect(plan({ ...pressed, sentMs: nowMs - pressMs })).toEqual({ do: 'send', on: false });
    expect(plan({ ...press, sentMs: nowMs - 10, sentOn: false, sends: 2 })).toEqual({ do: 'finish' });
  });

  it('is let go also past its end', () => {
    const late = {
      ...press,
      isOn: true,
      sentOn: true,
      sends: 1,
      sentMs: nowMs - 90_000,
      expiresMs: nowMs - 1,
    };
    expect(plan(late)).toEqual({ do: 'send', on: false });
  });
});
