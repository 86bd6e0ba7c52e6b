import { describe, expect, it } from 'vitest';
import { planSeat } from './plan-seat.ts';
import type { DeviceFacts, SeatFacts, SessionFacts } from './seat-facts.ts';

const nowMs = 1_000_000;
const warnUntilMs = nowMs + 30_000;

const device: DeviceFacts = {
  id: 'pi-1',
  state: 'ready',
  isShuttingDown: false,
  desiredUrl: '/kiosk/pi-1',
  desiredRevision: 3,
  desiredScreen: 'off',
  reported: {
    revision: 3,
    kiosk: { state: 'showing', url: 'https://controller/kiosk/pi-1', loadedAt: null },
    screen: { power: 'off' },
  },
  cec: null,
  burdens: 0,
};

const power: NonNullable<SeatFacts['power']> = {
  state: 'on',
  wanted: 'on',
  reason: 'The computer answers.',
  relay: { id: 'strip-1', channel: 0, on: true, online: true, since: null },
  override: null,
  waitsFor: null,
  fault: null,
};

const here: SessionFacts = {
  id: 's-1',
  user: 'ben',
  displayName: 'Ben',
  state: 'active',
  template: 'desktop',
  seat: 'seat-1',
  seatName: 'Seat 1',
  isAssigned: true,
  isOfRun: false,
  classEndsAtMs: null,
};

const facts: SeatFacts = {
  kind: 'end',
  step: 'warning',
  seat: 'seat-1',
  student: null,
  template: null,
  device,
  power,
  input: null,
  here,
  theirs: null,
  ended: null,
  warnUntilMs,
  powersOff: true,
  askedAtMs: null,
  deadlineMs: nowMs + 60_000,
};

const plan = (changed: Partial<SeatFacts>) => planSeat({ ...facts, ...changed }, nowMs);

it('tells who sits there, waits until the time is over, and ends the session', () => {
  expect(plan({})).toMatchObject({ action: { do: 'tell-end', session: 's-1', atMs: warnUntilMs } });
  expect(plan({ here: { ...here, classEndsAtMs: warnUntilMs } })).toMatchObject({ do: 'wait' });
  expect(plan({ warnUntilMs: nowMs })).toEqual({ do: 'pass' });
  expect(plan({ step: 'session' })).toMatchObject({ action: { do: 'end-session', session: 's-1' } });
  expect(plan({ step: 'session', here: null })).toEqual({ do: 'pass' });
});

it('does not wait where nobody sits', () => {
  expect(plan({ here: null })).toEqual({ do: 'pass' });
});

describe('screen', () => {
  const at = (changed: Partial<DeviceFacts>) => plan({ step: 'screen', device: { ...device, ...changed } });
  const on = { ...device.reported, revision: 3, screen: { power: 'on' } } as NonNullable<
    DeviceFacts['reported']
  >;

  it('is wanted off, and waited for while it says that it is on', () => {
    expect(at({ desiredScreen: 'on' })).toMatchObject({ action: { do: 'want-screen', power: 'off' } });
    expect(at({ reported: on })).toMatchObject({ do: 'wait' });
    expect(at({})).toEqual({ do: 'pass' });
  });

  it('is not waited for where it cannot tell, or the device is away', () => {
    expect(at({ reported: null })).toEqual({ do: 'pass' });
    expect(at({ reported: on, state: 'lost' })).toEqual({ do: 'pass' });
  });
});

describe('shutdown and power', () => {
  const at = (step: 'shutdown' | 'power', changed: Partial<SeatFacts> = {}) =>
    plan({ step, here: null, ...changed });

  it('are left out where power is to stay, or nothing could bring it back', () => {
    expect(at('shutdown', { powersOff: false })).toEqual({ do: 'pass' });
    expect(at('shutdown', { power: { ...power, relay: null } })).toEqual({
      do: 'pass',
      remark: 'It has no relay, so it stays on.',
    });
    expect(at('power', { powersOff: false })).toEqual({ do: 'pass' });
    expect(at('power', { power: undefined })).toEqual({ do: 'pass' });
  });

  it('are asked for by wanting the power off, once in a while', () => {
    expect(at('shutdown')).toMatchObject({ action: { do: 'want-power', power: 'off' } });
    const wanted = { ...power, wanted: 'off', waitsFor: 'The computer writes.' } as const;
    expect(at('shutdown', { power: wanted })).toEqual({ do: 'wait', reason: 'The computer writes.' });
    expect(at('shutdown', { device: { ...device, state: 'disconnected' } })).toEqual({ do: 'pass' });
    expect(at('power', { power: { ...wanted, state: 'off' } })).toEqual({ do: 'pass' });
    expect(at('power', { power: { ...wanted, fault: 'It did not answer.' } })).toEqual({
      do: 'wait',
      reason: 'It did not answer.',
    });
  });

  it('wait for desktops of others, and leave alone what somebody holds on', () => {
    expect(at('shutdown', { device: { ...device, burdens: 1 } })).toMatchObject({ do: 'wait' });
    const override = { on: true, by: 'person', who: 'Ada', until: null } as const;
    expect(at('shutdown', { power: { ...power, override } })).toMatchObject({
      do: 'fail',
      reason: 'Its power is held on by hand, by Ada.',
    });
  });
});
