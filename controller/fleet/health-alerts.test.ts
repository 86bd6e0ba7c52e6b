import type { Health } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { healthAlerts } from './health-alerts.ts';

const now = new Date('2026-01-01T12:00:00.000Z');
const well: Health = {
  at: now.toISOString(),
  uptimeS: 100,
  temperatureC: 50,
  underVoltage: false,
  loadAverage: 0.1,
  cpuCount: 4,
  memoryTotalMiB: 4_000,
  memoryFreeMiB: 3_000,
  diskTotalMiB: 30_000,
  diskFreeMiB: 20_000,
  diskErrors: 0,
  link: null,
  agentMemoryMiB: 60,
};
const codes = (given: Partial<Health>, standing: string[] = []) =>
  healthAlerts({ ...well, ...given }, now, new Set(standing)).map((alert) => alert.code);

it('says nothing of a device that is well', () => {
  expect(codes({})).toEqual([]);
});

it('says nothing of what the machine cannot tell', () => {
  expect(codes({ temperatureC: null, underVoltage: null, diskErrors: null, diskFreeMiB: null })).toEqual([]);
});

it.each([
  ['under_voltage', { underVoltage: true }],
  ['hot', { temperatureC: 80 }],
  ['disk_errors', { diskErrors: 1 }],
  ['disk_nearly_full', { diskFreeMiB: 199 }],
  ['clock_wrong', { at: '2026-01-01T12:00:30.000Z' }],
  ['clock_wrong', { at: '2026-01-01T11:59:00.000Z' }],
  ['clock_wrong', { at: '1970-01-01T00:00:00.000Z' }],
])('raises %s for %o', (code, given) => {
  expect(codes(given)).toEqual([code]);
});

it('keeps a hot device hot until it has cooled down', () => {
  expect(codes({ temperatureC: 77 })).toEqual([]);
  expect(codes({ temperatureC: 77 }, ['hot'])).toEqual(['hot']);
  expect(codes({ temperatureC: 74 }, ['hot'])).toEqual([]);
});

it('raises several at once, each with what to do', () => {
  const alerts = healthAlerts({ ...well, underVoltage: true, diskErrors: 3 }, now, new Set());
  expect(alerts).toEqual([
    {
      code: 'under_voltage',
      message:
        'The power supply gave too little voltage since the last start. Use the official one, or a shorter cable.',
    },
    {
      code: 'disk_errors',
      message: 'The file system counted 3 errors: the SD card is dying. Replace it soon.',
    },
  ]);
});

it('says by how much and which way a clock is wrong', () => {
  const [alert] = healthAlerts({ ...well, at: '2026-01-01T12:02:00.000Z' }, now, new Set());
  expect(alert?.message).toContain('120 s ahead');
});
