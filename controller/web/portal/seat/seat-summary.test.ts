import type { Device, Session } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { seatSummary } from './seat-summary.ts';

const device: Device = {
  id: 'pi-1',
  name: 'Pi 1',
  seat: 's1',
  room: 'r1',
  connection: 'ready',
  since: '2026-03-02T10:00:00.000Z',
  desired: { revision: 1, page: null, screen: 'on', lock: false, message: null, url: '/kiosk/pi-1' },
  state: null,
  info: null,
  reported: null,
  hdmi: null,
  cec: null,
  input: null,
  relays: null,
  health: null,
  host: null,
  hostConsent: null,
  alerts: [],
};

const session: Session = {
  id: 'x',
  user: 'u',
  username: 'ada',
  template: 'desktop',
  state: 'active',
  desktop: 'd',
  seat: 's1',
  url: '/desktop/x',
  place: null,
  estimateS: null,
  steps: [],
  reason: null,
  endReason: null,
  startedAt: '2026-03-02T10:00:00.000Z',
  endedAt: null,
  endsAt: null,
  endsBy: null,
  warning: 0,
  mayKeep: false,
  trouble: null,
};

const wordsOf = (changes: Partial<Device>, at?: Session) => seatSummary({ ...device, ...changes }, at).words;

test('a seat without anybody is free, with somebody in use', () => {
  expect(wordsOf({})).toBe('Free');
  expect(wordsOf({}, session)).toBe('In use');
});

test('a device that is gone comes before who worked there', () => {
  expect(wordsOf({ connection: 'lost' }, session)).toBe('Lost');
  expect(wordsOf({ connection: 'disconnected' }, session)).toBe('Off');
});

test('alerts come before lock, lock before a pushed page, a page before the session', () => {
  const alerts = [
    { code: 'device_identity_in_use', message: 'Two devices', since: '2026-03-02T10:00:00.000Z' },
  ];
  const locked = { ...device.desired, lock: true, page: 'https://example.org/' };
  expect(wordsOf({ alerts, desired: locked }, session)).toBe('Needs attention');
  expect(wordsOf({ desired: locked }, session)).toBe('Locked');
  expect(wordsOf({ desired: { ...locked, lock: false } }, session)).toBe('Opens a page');
});

test('a pushed page is shown when the device says so, and not before', () => {
  const url = 'https://example.org/';
  const desired = { ...device.desired, page: url, url };
  const reported = (kiosk: object): Device['reported'] => ({
    revision: 1,
    kiosk: { state: 'showing', url: '/kiosk/pi-1', loadedAt: null, ...kiosk },
    screen: { power: 'on' },
    lock: false,
  });
  expect(wordsOf({ desired, reported: reported({}) })).toBe('Opens a page');
  expect(wordsOf({ desired, reported: reported({ url }) })).toBe('Shows a page');
  const error = { code: 'kiosk_url_not_allowed', message: 'may not be shown' };
  expect(wordsOf({ desired, reported: reported({ error }) })).toBe('Page not shown');
});

test('nobody can sit down where no screen is plugged in, or where a message covers it', () => {
  const unplugged = {
    connectors: [{ name: 'HDMI-A-1', connected: false, monitor: null, mode: null }],
  };
  expect(wordsOf({ hdmi: unplugged })).toBe('No screen');
  expect(wordsOf({ hdmi: { connectors: [] } })).toBe('Free');
  expect(wordsOf({ desired: { ...device.desired, message: 'Well done' } })).toBe('Message');
  expect(wordsOf({ desired: { ...device.desired, screen: 'off' } })).toBe('Screen off');
  expect(wordsOf({ hdmi: unplugged, desired: { ...device.desired, lock: true } })).toBe('Locked');
});

test('a seat without a device says so', () => {
  expect(seatSummary(undefined, undefined)).toEqual({ words: 'No device', tone: 'idle' });
});
