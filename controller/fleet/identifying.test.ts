import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Identifying } from './identifying.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells when a device begins to show itself and when it ends', () => {
  const told: string[] = [];
  const identifying: Identifying = new Identifying((device) =>
    told.push(`${device} ${identifying.has(device)}`),
  );
  identifying.begin('pi-1', 10);
  vi.advanceTimersByTime(9_999);
  expect(told).toEqual(['pi-1 true']);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(['pi-1 true', 'pi-1 false']);
});

it('goes on for the whole of a second request', () => {
  const identifying = new Identifying(() => undefined);
  identifying.begin('pi-1', 10);
  vi.advanceTimersByTime(9_000);
  identifying.begin('pi-1', 10);
  vi.advanceTimersByTime(9_000);
  expect(identifying.has('pi-1')).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(identifying.has('pi-1')).toBe(false);
});

it('leaves nothing behind when it stops', () => {
  const told: string[] = [];
  const identifying = new Identifying((device) => told.push(device));
  identifying.begin('pi-1', 10);
  identifying.stop();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['pi-1']);
  expect(identifying.has('pi-1')).toBe(false);
});
