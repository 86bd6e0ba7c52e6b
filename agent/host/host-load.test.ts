import { describe, expect, it } from 'vitest';
import { hostLoad } from './host-load.ts';

const idle = { loadAverage: 0, cpuCount: 4, memoryFree: 1000, memoryTotal: 1000 };

describe('hostLoad', () => {
  it('is 0 on an idle machine', () => {
    expect(hostLoad(idle)).toBe(0);
  });

  it('follows the processors when they are busier', () => {
    expect(hostLoad({ ...idle, loadAverage: 2, memoryFree: 900 })).toBe(0.5);
  });

  it('follows the memory when that is fuller', () => {
    expect(hostLoad({ ...idle, loadAverage: 1, memoryFree: 250 })).toBe(0.75);
  });

  it('is 1 at most', () => {
    expect(hostLoad({ ...idle, loadAverage: 40 })).toBe(1);
  });
});
