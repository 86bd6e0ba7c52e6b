import type { Host } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { hostEvents } from './host-events.ts';

const startedAt = '2026-01-01T00:00:00.000Z';
const host = (...desktops: [string, 'running' | 'ended'][]): Host => ({
  capacity: 4,
  isolation: 'own',
  load: 0,
  faults: [],
  desktops: desktops.map(([desktop, state]) => ({ desktop, user: 'ada', state, startedAt })),
});

describe('hostEvents', () => {
  it('tells a desktop that ended by itself, once', () => {
    const ended = host(['desktop-1', 'ended']);
    expect(hostEvents(host(['desktop-1', 'running']), ended)).toEqual([
      { name: 'desktop.ended', message: 'a desktop ended', details: { desktop: 'desktop-1' } },
    ]);
    expect(hostEvents(ended, ended)).toEqual([]);
  });

  it('tells nothing of a desktop that was stopped', () => {
    expect(hostEvents(host(['desktop-1', 'running']), host())).toEqual([]);
  });
});
