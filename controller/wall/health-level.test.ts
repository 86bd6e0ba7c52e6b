import type { Health } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { healthLevel } from './health-level.ts';

const well: Health = {
  at: '2026-01-01T00:00:00.000Z',
  uptimeS: 60,
  temperatureC: 50,
  underVoltage: false,
  loadAverage: 0.1,
  cpuCount: 4,
  memoryTotalMiB: 1000,
  memoryFreeMiB: 500,
  diskTotalMiB: 1000,
  diskFreeMiB: 500,
  diskErrors: 0,
  link: null,
  agentMemoryMiB: 40,
};
const levelOf = (health: Partial<Health>) => healthLevel({ health: { ...well, ...health }, alerts: [] });

describe('healthLevel', () => {
  it('says nothing of a device that reported nothing', () => {
    expect(healthLevel({ health: null, alerts: [] })).toEqual({ level: 'unknown', reason: null });
  });

  it('is content with a device that is well, and with figures that its machine does not give', () => {
    expect(levelOf({})).toEqual({ level: 'good', reason: null });
    const nothing = { temperatureC: null, underVoltage: null, diskTotalMiB: null, diskErrors: null };
    expect(levelOf(nothing)).toEqual({ level: 'good', reason: null });
  });

  it.each([
    ['bad', { diskErrors: 3 }, 'The disk counted 3 errors: replace the SD card.'],
    ['bad', { temperatureC: 80.4 }, 'At 80 °C it slows itself down.'],
    ['bad', { diskFreeMiB: 29 }, 'The disk is full.'],
    ['warning', { underVoltage: true }, 'Its power was too weak since it started: use a better supply.'],
    ['warning', { temperatureC: 70 }, 'It is warm: 70 °C.'],
    ['warning', { diskFreeMiB: 99 }, 'The disk is nearly full.'],
    ['warning', { memoryFreeMiB: 99 }, 'Memory is short.'],
  ] as const)('is %s of %j, and says so', (level, health, reason) => {
    expect(levelOf(health)).toEqual({ level, reason });
  });

  it('puts an alert before every figure, and the worse figure before the lesser', () => {
    const alerts = [{ code: 'lost', message: 'Another machine uses its name.', since: well.at }];
    expect(healthLevel({ health: well, alerts }).reason).toBe('Another machine uses its name.');
    expect(levelOf({ underVoltage: true, temperatureC: 85 }).level).toBe('bad');
  });
});
