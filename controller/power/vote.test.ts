import { describe, expect, it } from 'vitest';
import { missedAfterMs, type PowerVotes, startLimitMs, voteOnPower } from './vote.ts';

const nowMs = 10_000_000;
const longAgoMs = nowMs - 10 * startLimitMs;
const nobody: PowerVotes = { relay: null, agent: null, hasSignal: null, cec: null };
const relay = (isOn: boolean | null, sinceMs = longAgoMs, doubt: string | null = null) => ({
  isOnline: true,
  isOn,
  sinceMs,
  doubt,
});
const agent = (
  state: 'ready' | 'disconnected' | 'lost' | 'never',
  hasShutDown = false,
  heardMs = longAgoMs,
) => ({
  state,
  hasShutDown,
  readySinceMs: state === 'ready' ? heardMs : null,
  heardMs,
});
const vote = (votes: Partial<PowerVotes>) => voteOnPower({ ...nobody, ...votes }, nowMs);

describe('a computer that answers', () => {
  it('is on, whether or not a relay tells', () => {
    expect(vote({ agent: agent('ready') }).state).toBe('on');
    expect(vote({ agent: agent('ready'), relay: relay(true) }).state).toBe('on');
    expect(vote({ agent: agent('ready'), relay: { ...relay(false), isOnline: false } }).state).toBe('on');
  });

  it('and a relay that says off: one of them is wrong', () => {
    expect(vote({ agent: agent('ready'), relay: relay(false) })).toMatchObject({
      state: 'unclear',
      reason: 'The relay says off, but the computer answers.',
    });
  });

  it('may not have been missed yet when its power has just gone', () => {
    const verdict = vote({ agent: agent('ready'), relay: relay(false, nowMs - missedAfterMs + 1) });
    expect(verdict.reason).toMatch(/just gone off/);
  });
});

describe('a relay that says on', () => {
  it('lets a computer start for a while', () => {
    expect(vote({ relay: relay(true, nowMs - startLimitMs + 1), agent: agent('lost') }).state).toBe(
      'starting',
    );
    expect(vote({ relay: relay(true, nowMs - 1), agent: agent('never') }).state).toBe('starting');
  });

  it('lets a computer that went away come back', () => {
    expect(vote({ relay: relay(true), agent: agent('disconnected', false, nowMs - 1_000) }).state).toBe(
      'starting',
    );
  });

  it('is not believed when nobody else says so', () => {
    expect(vote({ relay: relay(true), agent: agent('lost') })).toMatchObject({
      state: 'unclear',
      reason: 'The relay says on, but the computer does not answer.',
    });
  });

  it('is on where HDMI says so, too, and unclear where only CEC does', () => {
    expect(vote({ relay: relay(true), agent: agent('lost'), hasSignal: true }).state).toBe('on');
    expect(vote({ relay: relay(true), agent: agent('lost'), cec: 'on' }).state).toBe('unclear');
  });

  it('and a computer that has shut down wait for the cut', () => {
    expect(vote({ relay: relay(true), agent: agent('disconnected', true) })).toMatchObject({
      state: 'unclear',
      reason: 'The computer has shut down, but its relay is still on.',
    });
  });
});

describe('a relay that says off', () => {
  it('is believed when nothing contradicts it', () => {
    for (const state of ['disconnected', 'lost', 'never'] as const)
      expect(vote({ relay: relay(false), agent: agent(state) }).state).toBe('off');
    expect(vote({ relay: relay(false) })).toMatchObject({ state: 'off', sinceMs: longAgoMs });
  });

  it('is contradicted by a picture, and not by CEC alone', () => {
    expect(vote({ relay: relay(false), hasSignal: true }).state).toBe('unclear');
    expect(vote({ relay: relay(false), cec: 'on' })).toMatchObject({
      state: 'off',
      reason: 'The relay says off. CEC says on; alone it is not believed.',
    });
  });
});

describe('without a relay that tells', () => {
  it('is off what said that it shut down', () => {
    expect(vote({ agent: agent('disconnected', true) }).state).toBe('off');
    expect(vote({ agent: agent('disconnected', true), relay: relay(null) })).toMatchObject({
      state: 'off',
      reason: 'The computer has shut down. Its relay is not connected.',
    });
  });

  it('is unclear what nobody tells of', () => {
    expect(vote({}).reason).toBe('No device is placed here. No relay tells.');
    expect(vote({ agent: agent('lost') }).reason).toBe('The computer does not answer. No relay tells.');
    expect(vote({ agent: agent('lost'), cec: 'on' }).reason).toBe(
      'Only CEC says on, and alone it is not believed.',
    );
  });

  it('is on where HDMI and CEC agree', () => {
    expect(vote({ agent: agent('lost'), hasSignal: true, cec: 'on' }).state).toBe('on');
    expect(vote({ agent: agent('lost'), hasSignal: true, cec: 'standby' }).state).toBe('unclear');
  });
});

it('never says anything of a relay that contradicts itself but why', () => {
  for (const state of ['ready', 'lost'] as const)
    expect(vote({ relay: relay(true, longAgoMs, 'It answered twice.'), agent: agent(state) })).toMatchObject({
      state: 'unclear',
      reason: 'It answered twice.',
    });
});

it('is never moved to on or off by CEC alone', () => {
  for (const isOn of [true, false, null])
    for (const state of ['disconnected', 'lost', 'never'] as const) {
      const votes = { relay: relay(isOn), agent: agent(state) };
      const without = vote(votes).state;
      for (const cec of ['on', 'standby'] as const) expect(vote({ ...votes, cec }).state).toBe(without);
    }
});
