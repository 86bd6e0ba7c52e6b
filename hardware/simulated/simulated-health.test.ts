import { expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import { SimulatedHealth } from './simulated-health.ts';
import { SimulatedMachine } from './simulated-machine.ts';

const stopped: Clock = {
  now: () => new Date('2026-11-20T08:00:00.000Z'),
  monotonicMs: () => 5_000,
  after: () => () => undefined,
};

test('figures that are changed by hand are told at once, and nothing at the start', () => {
  const machine = new SimulatedMachine(stopped);
  const told: object[] = [];
  new SimulatedHealth(machine, stopped).onChange((figures) => told.push(figures));
  machine.tell();
  machine.apply({ what: 'health', underVoltage: true });
  machine.apply({ what: 'hdmi', connector: 'HDMI-A-1', connected: false });
  machine.apply({ what: 'health', temperatureC: 71 });
  expect(told).toEqual([
    { temperatureC: 48.3, underVoltage: true },
    { temperatureC: 71, underVoltage: true },
  ]);
});
