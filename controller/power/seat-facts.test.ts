import { describe, expect, it } from 'vitest';
import { type SeatPowerRow, toSeatPower, votesOf } from './seat-facts.ts';

const nowMs = Date.UTC(2026, 0, 1, 12);
const ago = (ms: number) => new Date(nowMs - ms);
const state = (given: object = {}) =>
  ({ state: 'ready', since: ago(700_000).toISOString(), bootId: 'boot', ...given }) as SeatPowerRow['state'];
const bare: SeatPowerRow = {
  seat: 'seat-1',
  seat_created_at: ago(1_000_000),
  channel_row: null,
  online: null,
  device: 'pi-1',
  state: state(),
  info: null,
  hdmi: null,
  cec: null,
  last_seen_at: ago(1_000),
};
const channel: NonNullable<SeatPowerRow['channel_row']> = {
  relay_id: 'strip-1',
  channel: 2,
  name: 'Channel 3',
  load: 'seat',
  seat_id: 'seat-1',
  minimum_off_s: 5,
  is_on: true,
  since: ago(500_000),
  off_since: null,
  was_awake: true,
  doubt: null,
  wanted: true,
  override_on: null,
  override_by: null,
  override_who: null,
  override_until: null,
  action: null,
  change_id: null,
  is_forced: false,
  asked_at: null,
  expires_at: null,
  shutdown_asked_at: null,
  shut_down_at: null,
  sent_at: null,
  sent_on: null,
  sends: 0,
  waits_for: null,
  fault: null,
};
const relayed: SeatPowerRow = { ...bare, channel_row: channel, online: true };
const hdmi = (mode: object | null) => ({
  connectors: [{ name: 'HDMI-A-1', connected: true, monitor: null, mode }],
});

it('tells a seat’s power as the API has it', () => {
  expect(toSeatPower(relayed, nowMs)).toEqual({
    seat: 'seat-1',
    wanted: 'on',
    state: 'on',
    reason: 'The computer answers.',
    since: ago(700_000).toISOString(),
    relay: { id: 'strip-1', channel: 2, on: true, online: true, since: ago(500_000).toISOString() },
    override: null,
    waitsFor: null,
    fault: null,
  });
});

it('has been on since its computer answers, however often that is heard again', () => {
  const since = (given: Partial<SeatPowerRow>) => toSeatPower({ ...relayed, ...given }, nowMs).since;
  expect(since({ last_seen_at: ago(30_000) })).toBe(since({ last_seen_at: ago(0) }));
});

it('goes by its relay where the clock of a computer was not set', () => {
  for (const wrong of ['1970-01-01T00:00:10.000Z', '2031-01-01T00:00:00.000Z', ''])
    expect(toSeatPower({ ...relayed, state: state({ since: wrong }) }, nowMs).since).toBe(
      ago(500_000).toISOString(),
    );
});

it('tells nothing of a relay where there is none, and what none is wanted of', () => {
  const told = toSeatPower({ ...bare, device: null, state: null, last_seen_at: null }, nowMs);
  expect(told).toMatchObject({ wanted: null, relay: null, since: ago(1_000_000).toISOString() });
});

it('tells who holds it until that is over', () => {
  const held = { ...channel, override_on: false, override_by: 'person', override_who: 'ada' } as const;
  const until = new Date(nowMs + 1);
  const row = { ...relayed, channel_row: { ...held, override_until: until } };
  expect(toSeatPower(row, nowMs).override).toEqual({
    on: false,
    by: 'person',
    who: 'ada',
    until: until.toISOString(),
  });
  expect(toSeatPower(row, nowMs + 1).override).toBeNull();
});

describe('a word of before', () => {
  const down = state({ state: 'disconnected', reason: 'shutdown' });

  it('is none of a computer that may be starting', () => {
    const votes = (given: Partial<NonNullable<SeatPowerRow['channel_row']>>) =>
      votesOf({ ...relayed, state: down, channel_row: { ...channel, ...given } }, nowMs).agent?.hasShutDown;
    expect(votes({})).toBe(true);
    expect(votes({ was_awake: false })).toBe(false);
    expect(votes({ was_awake: false, is_on: false })).toBe(true);
    expect(votesOf({ ...bare, state: down }, nowMs).agent?.hasShutDown).toBe(true);
    expect(votesOf({ ...bare, state: state({ state: 'disconnected' }) }, nowMs).agent?.hasShutDown).toBe(
      false,
    );
  });

  it('is none of a screen', () => {
    const shown = {
      hdmi: hdmi({ width: 1, height: 1, refreshHz: 60 }),
      cec: { adapters: [{ power: 'on' }] },
    };
    const votes = (given: Partial<SeatPowerRow>) => {
      const { hasSignal, cec } = votesOf({ ...bare, ...(shown as Partial<SeatPowerRow>), ...given }, nowMs);
      return { hasSignal, cec };
    };
    expect(votes({})).toEqual({ hasSignal: true, cec: 'on' });
    expect(votes({ hdmi: hdmi(null) as SeatPowerRow['hdmi'] }).hasSignal).toBe(false);
    expect(votes({ last_seen_at: ago(90_000) })).toEqual({ hasSignal: null, cec: null });
    expect(votes({ state: down })).toEqual({ hasSignal: null, cec: null });
  });
});
