import type { Cec, SeatPower, Session } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { type SeatSides, type WallRow, wallSeatOf } from './wall-seat-of.ts';

const at = '2026-01-01T00:00:00.000Z';
const empty: WallRow = {
  id: 'seat',
  name: 'Seat 1',
  x: null,
  y: null,
  device: null,
  revoked_at: null,
  state: null,
  hdmi: null,
  cec: null,
  input: null,
  health: null,
  alerts: null,
  desired: null,
  reported: null,
  desired_page: null,
  desired_screen: null,
  is_locked: null,
  message: null,
};
const alone: SeatSides = { session: undefined, power: undefined, onlookers: [] };
const adapter: Cec['adapters'][number] = {
  name: '/dev/cec0',
  connector: 'HDMI-A-1',
  power: 'on',
  physicalAddress: '1.0.0.0',
  isActiveSource: true,
  television: null,
};
const tvOf = (...powers: (typeof adapter.power)[]) =>
  wallSeatOf({ ...empty, cec: { adapters: powers.map((power) => ({ ...adapter, power })) } }, alone).tv;

describe('wallSeatOf', () => {
  it('tells a seat without a device as one that has nothing', () => {
    expect(wallSeatOf(empty, alone)).toEqual({
      seat: 'seat',
      name: 'Seat 1',
      position: null,
      device: null,
      connection: 'none',
      session: null,
      power: null,
      hdmi: 'unknown',
      tv: 'none',
      input: { keyboard: false, mouse: false },
      health: { level: 'unknown', reason: null },
      screen: 'off',
      isLocked: false,
      isMuted: false,
      isShowingBroadcast: false,
      page: null,
      pageFault: null,
      message: null,
      onlookers: [],
    });
  });

  it('joins what the device says, what is wanted of it, who sits there and who looks', () => {
    const session = {
      id: 'session',
      user: 'ada',
      username: 'ada',
      template: 'desktop',
      state: 'active',
      startedAt: at,
      endsAt: null,
    } as Session;
    const power: SeatPower = {
      seat: 'seat',
      wanted: 'on',
      state: 'on',
      reason: 'Its agent is there.',
      since: at,
      relay: null,
      override: null,
      waitsFor: null,
      fault: null,
    };
    const row: WallRow = {
      ...empty,
      x: 0.25,
      y: 0.5,
      device: 'pi-1',
      state: { state: 'ready', since: at, bootId: 'boot' },
      hdmi: { connectors: [{ name: 'HDMI-A-1', connected: true, monitor: null, mode: null }] },
      input: {
        devices: [{ id: '1', name: 'Touch', kind: 'touchscreen', bus: 'usb', usbId: null }],
      },
      alerts: [],
      desired: {
        revision: 1,
        at,
        kiosk: { url: '/broadcast/1' },
        screen: { power: 'on' },
        lock: false,
        audio: { muted: true },
      },
      desired_screen: 'on',
      is_locked: true,
      message: 'Look up.',
    };
    const onlookers = [{ displayName: 'Ms Hopper', isInControl: true, since: at }];
    const sides = {
      session: { session, displayName: 'Ada', templateName: 'Linux desktop' },
      power,
      onlookers,
    };
    expect(wallSeatOf(row, sides)).toMatchObject({
      position: { x: 0.25, y: 0.5 },
      connection: 'ready',
      session: { id: 'session', displayName: 'Ada', templateName: 'Linux desktop', startedAt: at },
      power: { state: 'on' },
      hdmi: 'connected',
      input: { keyboard: false, mouse: true },
      isLocked: true,
      isMuted: true,
      isShowingBroadcast: true,
      message: 'Look up.',
      onlookers: [{ displayName: 'Ms Hopper', isInControl: true }],
    });
  });

  it('tells why a device does not show the page that was opened, once it has said so of that page', () => {
    const error = { code: 'kiosk_url_not_allowed', message: 'It may not be shown.' };
    const page = 'https://example.org/';
    const faultOf = (url: string, revision: number) => {
      const desired = {
        ...{ revision: 2, at, kiosk: { url }, screen: { power: 'on' as const } },
        ...{ lock: false, audio: { muted: false } },
      };
      const kiosk = { state: 'showing' as const, url: '/kiosk/pi-1', loadedAt: at, error };
      const reported = { revision, kiosk, screen: { power: 'on' as const }, lock: false };
      return wallSeatOf({ ...empty, device: 'pi-1', desired, desired_page: page, reported }, alone).pageFault;
    };
    expect(faultOf(page, 2)).toEqual(error);
    expect(faultOf(page, 1)).toBeNull();
    expect(faultOf('/kiosk/pi-1', 2)).toBeNull();
  });

  it('calls a device whose credential was withdrawn revoked, whatever it said last', () => {
    const row: WallRow = {
      ...empty,
      device: 'pi-1',
      revoked_at: new Date(at),
      state: { state: 'ready', since: at, bootId: 'boot' },
    };
    expect(wallSeatOf(row, alone).connection).toBe('revoked');
    expect(wallSeatOf({ ...row, revoked_at: null, state: null }, alone).connection).toBe('never');
  });

  it('looks at the television that is plugged in; a monitor without CEC is none', () => {
    expect(tvOf('no-link', 'standby')).toBe('standby');
    expect(tvOf('no-link')).toBe('none');
    expect(tvOf('no-peer')).toBe('none');
    expect(tvOf('error')).toBe('unknown');
    expect(tvOf('transitioning')).toBe('on');
  });
});
