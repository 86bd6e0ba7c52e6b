import { describe, expect, it } from 'vitest';
import type { ChannelRow } from './channel-row.ts';
import { contradictionMs, observe } from './observation.ts';

const nowMs = 1_000_000;
const ago = (ms: number) => new Date(nowMs - ms);
const row: ChannelRow = {
  relay_id: 'plug-1',
  channel: 0,
  name: 'Channel 1',
  load: 'seat',
  seat_id: null,
  minimum_off_s: 5,
  is_on: true,
  since: ago(60_000),
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
const see = (
  given: Partial<ChannelRow>,
  on: boolean,
  options: { isAdopted?: boolean; isByHand?: boolean } = {},
) =>
  observe(
    { ...row, ...given },
    { channel: 0, on, isByHand: options.isByHand },
    { isAdopted: options.isAdopted ?? false, nowMs },
  );

it('keeps since when it is so, and since when it is off', () => {
  expect(see({}, true)).toMatchObject({ is_on: true, since: row.since, off_since: null, was_awake: true });
  expect(see({}, false)).toMatchObject({ is_on: false, since: new Date(nowMs), off_since: new Date(nowMs) });
});

it('believes no older word of a computer once power came anew, or may have', () => {
  expect(see({ is_on: false, wanted: null }, true).was_awake).toBe(false);
  expect(see({}, true, { isAdopted: true }).was_awake).toBe(false);
});

it('counts the time off of a relay that was away from its return', () => {
  const off = { is_on: false, wanted: false, off_since: ago(60_000) };
  expect(see(off, false, { isAdopted: true }).off_since).toEqual(new Date(nowMs));
  expect(see(off, false).off_since).toEqual(ago(60_000));
});

describe('a change without a command', () => {
  it('is somebody’s at the relay when it is against what is wanted', () => {
    expect(see({}, false)).toMatchObject({ override_by: 'relay', override_on: false });
  });

  it('is let go when it is as wanted again', () => {
    const held = { is_on: false, override_by: 'relay', override_on: false } as const;
    expect(see(held, true)).toMatchObject({ override_by: null, override_on: null });
  });

  it('takes nothing from a person who holds it', () => {
    const held = { override_by: 'person', override_on: false, override_who: 'ada', wanted: false } as const;
    expect(see(held, false)).toMatchObject({ override_by: 'person', override_who: 'ada' });
  });

  it('is nobody’s when it is the first word of a connection', () => {
    expect(see({}, false, { isAdopted: true })).toMatchObject({
      is_on: false,
      override_by: null,
      doubt: null,
    });
    expect(see({ is_on: null }, false)).toMatchObject({ is_on: false, override_by: null });
  });

  it('is nobody’s where nothing was ever wanted', () => {
    expect(see({ wanted: null }, false).override_by).toBeNull();
  });
});

describe('an answer to a command', () => {
  const told = { action: 'off', wanted: false, sent_on: false, sent_at: ago(500) } as const;

  it('is no hand, and ends a doubt', () => {
    expect(see({ ...told, doubt: 'It lied.' }, false)).toMatchObject({ override_by: null, doubt: null });
  });

  it('that is taken back at once is a doubt', () => {
    const answered = { ...told, action: null, is_on: false, since: ago(contradictionMs - 1) };
    expect(see(answered, true)).toMatchObject({
      doubt: 'The relay answered twice, and not the same thing.',
      override_by: null,
    });
  });

  it('that is taken back later is a hand', () => {
    const answered = {
      ...told,
      action: null,
      is_on: false,
      since: ago(contradictionMs),
      sent_at: ago(3_000),
    };
    expect(see(answered, true)).toMatchObject({ doubt: null, override_by: 'relay', override_on: true });
  });
});

describe('a board that tells of its button', () => {
  it('is held as long as it says so', () => {
    expect(see({}, true, { isByHand: true })).toMatchObject({ override_by: 'relay', override_on: true });
    expect(see({}, true, { isByHand: true, isAdopted: true }).override_by).toBe('relay');
    const held = { override_by: 'relay', override_on: true } as const;
    expect(see(held, true, { isByHand: false }).override_by).toBeNull();
  });
});
