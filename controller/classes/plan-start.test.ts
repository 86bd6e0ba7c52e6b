import { describe, expect, it } from 'vitest';
import { planSeat } from './plan-seat.ts';
import type { DeviceFacts, SeatFacts, SessionFacts } from './seat-facts.ts';

const nowMs = 1_000_000;

const device: DeviceFacts = {
  id: 'pi-1',
  state: 'ready',
  isShuttingDown: false,
  desiredUrl: '/kiosk/pi-1',
  desiredRevision: 3,
  desiredScreen: 'on',
  reported: {
    revision: 3,
    kiosk: { state: 'showing', url: 'https://controller/kiosk/pi-1', loadedAt: null },
    screen: { power: 'unknown' },
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

const pupil = { id: 'ben', displayName: 'Ben' };

const session: SessionFacts = {
  id: 's-1',
  user: 'ben',
  displayName: 'Ben',
  state: 'starting',
  template: 'desktop',
  seat: 'seat-1',
  seatName: 'Seat 1',
  isAssigned: true,
  isOfRun: false,
  classEndsAtMs: null,
};

const facts: SeatFacts = {
  kind: 'start',
  step: 'power',
  seat: 'seat-1',
  student: pupil,
  template: 'desktop',
  device,
  power,
  input: null,
  here: null,
  theirs: null,
  ended: null,
  warnUntilMs: null,
  powersOff: false,
  askedAtMs: null,
  deadlineMs: nowMs + 60_000,
};

const plan = (changed: Partial<SeatFacts>) => planSeat({ ...facts, ...changed }, nowMs);
const television = (changed: object) => ({
  ...{ name: 'cec0', connector: null, power: 'on' as const, physicalAddress: '1.0.0.0' },
  ...{ isActiveSource: null, television: null },
  ...changed,
});

it('fails at once where there is no device', () => {
  expect(plan({ device: null })).toEqual({ do: 'fail', reason: 'There is no device at this seat.' });
});

describe('power', () => {
  it.each(['on', 'starting'] as const)('is passed when it is %s', (state) => {
    expect(plan({ power: { ...power, state } })).toEqual({ do: 'pass' });
  });

  it('is passed where no relay can switch it', () => {
    expect(plan({ power: { ...power, state: 'off', relay: null } })).toEqual({ do: 'pass' });
    expect(plan({ power: undefined })).toEqual({ do: 'pass' });
  });

  it('is asked for, and waited for by what it waits for', () => {
    const off = { ...power, state: 'off', wanted: 'off' } as const;
    expect(plan({ power: off })).toMatchObject({ do: 'act', action: { do: 'want-power', power: 'on' } });
    const waiting = { ...off, wanted: 'on', waitsFor: 'Its turn.' } as const;
    expect(plan({ power: waiting, askedAtMs: nowMs })).toEqual({ do: 'wait', reason: 'Its turn.' });
  });

  it('fails where somebody holds it off by hand', () => {
    const override = { on: false, by: 'person', who: 'Ada', until: null } as const;
    expect(plan({ power: { ...power, state: 'off', override } })).toEqual({
      do: 'fail',
      reason: 'Its power is held off by hand, by Ada.',
    });
  });

  it('believes an agent that answers more than a relay that is unclear', () => {
    expect(plan({ power: { ...power, state: 'unclear' } })).toEqual({ do: 'pass' });
    const silent = { ...device, state: 'lost' as const };
    expect(plan({ power: { ...power, state: 'unclear' }, device: silent })).toMatchObject({ do: 'act' });
  });
});

describe('awake', () => {
  it('is passed by an agent that is ready, and not by one that says good-bye', () => {
    expect(plan({ step: 'awake' })).toEqual({ do: 'pass' });
    expect(plan({ step: 'awake', device: { ...device, isShuttingDown: true } })).toMatchObject({
      do: 'wait',
    });
  });

  it('says why nothing can be done for a computer without a relay', () => {
    const off = { ...device, state: 'lost' as const };
    expect(plan({ step: 'awake', device: off, power: undefined })).toMatchObject({
      do: 'wait',
      reason: expect.stringContaining('no relay'),
    });
  });
});

describe('screen', () => {
  it('is passed where no television speaks CEC', () => {
    expect(plan({ step: 'screen' })).toEqual({ do: 'pass' });
    const monitor = { adapters: [television({ power: 'no-peer' })] };
    expect(plan({ step: 'screen', device: { ...device, cec: monitor } })).toEqual({ do: 'pass' });
  });

  it('is wanted on before anything else', () => {
    expect(plan({ step: 'screen', device: { ...device, desiredScreen: 'off' } })).toMatchObject({
      action: { do: 'want-screen', device: 'pi-1', power: 'on' },
    });
  });

  it('has the switch of the seat show it first', () => {
    const other = { isShown: false, fault: null };
    expect(plan({ step: 'screen', input: other })).toMatchObject({ action: { do: 'show-input' } });
    const faulty = { ...other, fault: 'It does not answer.' };
    expect(plan({ step: 'screen', input: faulty, askedAtMs: nowMs })).toEqual({
      do: 'wait',
      reason: 'It does not answer.',
    });
    expect(plan({ step: 'screen', input: { ...other, isShown: true } })).toEqual({ do: 'pass' });
  });

  it('wakes a television that sleeps, once in a while', () => {
    const asleep = { ...device, cec: { adapters: [television({ power: 'standby' })] } };
    const wake = { do: 'act', action: { do: 'wake-screen', device: 'pi-1', isAsleep: true } };
    expect(plan({ step: 'screen', device: asleep })).toMatchObject(wake);
    expect(plan({ step: 'screen', device: asleep, askedAtMs: nowMs - 1_000 })).toMatchObject({ do: 'wait' });
    expect(plan({ step: 'screen', device: asleep, askedAtMs: nowMs - 20_000 })).toMatchObject(wake);
  });

  it('asks a television that is on to show this seat, unless it says that it does', () => {
    const on = (isActiveSource: boolean | null) => ({
      ...device,
      cec: { adapters: [television({ isActiveSource })] },
    });
    expect(plan({ step: 'screen', device: on(true) })).toEqual({ do: 'pass' });
    expect(plan({ step: 'screen', device: on(null) })).toMatchObject({ action: { isAsleep: false } });
    expect(plan({ step: 'screen', device: on(null), askedAtMs: nowMs })).toEqual({ do: 'pass' });
    expect(plan({ step: 'screen', device: on(false), askedAtMs: nowMs })).toMatchObject({ do: 'wait' });
  });
});

describe('desktop', () => {
  const at = (changed: Partial<SeatFacts>) => plan({ step: 'desktop', ...changed });

  it('is nothing where whoever comes signs in', () => {
    expect(at({ student: null })).toEqual({ do: 'pass' });
  });

  it('is claimed for who has none, and passed once it is theirs', () => {
    expect(at({})).toMatchObject({ action: { do: 'claim', user: 'ben', template: 'desktop' } });
    const own = { ...session, isAssigned: false };
    expect(at({ theirs: own, here: own })).toMatchObject({ do: 'wait' });
    expect(at({ theirs: session, here: session })).toEqual({ do: 'pass', session: 's-1' });
  });

  it('is not claimed again when it could not be started', () => {
    expect(at({ ended: 'The host did not answer.' })).toEqual({
      do: 'fail',
      reason: 'Their desktop ended: The host did not answer.',
    });
  });

  it('says so where somebody goes on with another one', () => {
    const other = { ...session, template: 'browser' };
    expect(at({ theirs: other, here: other })).toEqual({
      do: 'pass',
      session: 's-1',
      remark: 'Ben goes on with another desktop than the class has.',
    });
  });

  it('says that one is made for who waits in the queue', () => {
    expect(at({ theirs: { ...session, state: 'waiting' } })).toMatchObject({
      do: 'wait',
      reason: 'No desktop is free yet; one is made.',
    });
  });

  it('brings here what nobody has before their eyes, and takes nothing from under hands', () => {
    const elsewhere = { ...session, seat: 'seat-9', seatName: 'Seat 9' };
    expect(at({ theirs: { ...elsewhere, state: 'detached' } })).toMatchObject({
      action: { do: 'move', session: 's-1' },
    });
    expect(at({ theirs: { ...elsewhere, state: 'active' } })).toEqual({
      do: 'fail',
      reason: 'Ben works at Seat 9; end or move that session.',
    });
    expect(at({ theirs: { ...elsewhere, seat: null, seatName: null, state: 'active' } })).toMatchObject({
      reason: expect.stringContaining('works elsewhere'),
    });
  });

  it('leaves a stranger where they sit, and waits for one of the class to go to their own seat', () => {
    const other = { ...session, id: 's-2', user: 'cleo', displayName: 'Cleo', state: 'active' as const };
    expect(at({ here: other })).toEqual({ do: 'fail', reason: 'The desktop of Cleo is on this seat.' });
    expect(at({ here: { ...other, isOfRun: true } })).toMatchObject({ do: 'wait' });
    expect(at({ here: { ...other, isOfRun: true, state: 'detached' } })).toMatchObject({
      action: { do: 'unseat', session: 's-2' },
    });
  });
});

describe('page', () => {
  const shown = {
    ...device,
    desiredUrl: '/desktop/s-1',
    reported: {
      revision: 3,
      kiosk: { state: 'showing' as const, url: 'https://controller/desktop/s-1', loadedAt: null },
      screen: { power: 'unknown' as const },
    },
  };
  const at = (changed: Partial<SeatFacts>) =>
    plan({ step: 'page', theirs: session, here: session, device: shown, ...changed });

  it('is passed when the kiosk shows what is wanted', () => {
    expect(at({})).toEqual({ do: 'pass', session: 's-1' });
    expect(at({ student: null, theirs: null, here: null, device })).toEqual({ do: 'pass' });
  });

  it('waits for the document to be taken up and for the page to be there', () => {
    expect(at({ device: { ...shown, desiredRevision: 4 } })).toMatchObject({ do: 'wait' });
    expect(at({ device: { ...shown, reported: null } })).toMatchObject({ do: 'wait' });
    expect(at({ device: { ...shown, state: 'lost' } })).toMatchObject({ do: 'wait' });
  });

  it('says why the page did not load', () => {
    const error = { code: 'kiosk_load_failed', message: 'It said 502.' };
    const kiosk = { ...shown.reported.kiosk, state: 'failed' as const, error };
    expect(at({ device: { ...shown, reported: { ...shown.reported, kiosk } } })).toEqual({
      do: 'wait',
      reason: 'It said 502.',
    });
  });

  it('does not wait for a device without a kiosk', () => {
    const kiosk = { state: 'absent' as const, url: null, loadedAt: null };
    expect(at({ device: { ...shown, reported: { ...shown.reported, kiosk } } })).toMatchObject({
      do: 'pass',
      remark: expect.stringContaining('no kiosk'),
    });
  });

  it('fails when the desktop is there no more', () => {
    expect(at({ theirs: null, here: null })).toMatchObject({ do: 'fail' });
  });
});

it('gives a step up at its deadline, and says what it waited for', () => {
  const late = { step: 'awake', device: { ...device, state: 'lost' }, deadlineMs: nowMs } as const;
  expect(plan(late)).toEqual({
    do: 'fail',
    reason: 'The computer did not come up in time. The computer starts.',
  });
  expect(plan({ ...late, device })).toEqual({ do: 'pass' });
});
