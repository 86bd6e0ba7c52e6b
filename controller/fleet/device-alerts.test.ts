import type { Device } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { AlertBook } from './alert-book.ts';
import { DeviceAlerts } from './device-alerts.ts';

function setUp() {
  const clock = { now: new Date('2026-01-01T12:00:00.000Z') };
  const stored: { device: string; codes: string[] }[] = [];
  const store = {
    putAlerts: (device: string, alerts: Device['alerts']) =>
      void stored.push({ device, codes: alerts.map((alert) => alert.code) }),
  };
  const book = new AlertBook();
  const alerts = new DeviceAlerts({ book, store, now: () => clock.now });
  const pass = (minutes: number) => {
    clock.now = new Date(clock.now.getTime() + minutes * 60_000);
    alerts.sweep();
  };
  return { alerts, book, stored, pass };
}

it('stores an alert once, however often it is raised', () => {
  const { alerts, stored } = setUp();
  alerts.raise('pi-1', 'publish_refused', 'It said what it may not say.');
  alerts.raise('pi-1', 'publish_refused', 'It said what it may not say.');
  expect(stored).toEqual([{ device: 'pi-1', codes: ['publish_refused'] }]);
});

it('ends an alert when it has been quiet, and not before', () => {
  const { alerts, stored, pass } = setUp();
  alerts.raise('pi-1', 'publish_refused', 'It said what it may not say.');
  pass(9);
  alerts.raise('pi-1', 'publish_refused', 'Again.');
  pass(9);
  expect(stored).toHaveLength(1);
  pass(1);
  expect(stored.at(-1)).toEqual({ device: 'pi-1', codes: [] });
});

it('gives what was stored before a restart its whole time', () => {
  const { book, stored, pass } = setUp();
  book.restore('pi-1', [
    { code: 'identity_conflict', message: 'Two machines.', since: '2026-01-01T00:00:00.000Z' },
  ]);
  pass(0);
  pass(9);
  expect(stored).toEqual([]);
  pass(1);
  expect(stored).toEqual([{ device: 'pi-1', codes: [] }]);
});
