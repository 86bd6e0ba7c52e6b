import type { Hdmi } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { hdmiEvents } from './hdmi-events.ts';
import { StateReporter } from './state-reporter.ts';

const hdmi = (connected: boolean): Hdmi => ({
  connectors: [{ name: 'HDMI-A-1', connected, monitor: null, mode: null }],
});

function build() {
  const clock = new ManualClock();
  const listeners = new Set<(state: Hdmi) => void>();
  const published: Hdmi[] = [];
  const told: string[] = [];
  const reporter = new StateReporter({
    leaf: 'hdmi',
    source: {
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    eventsOf: hdmiEvents,
    publish: (_leaf, state) => published.push(state),
    tell: ({ name }) => told.push(name),
    clock,
  });
  return {
    clock,
    listeners,
    published,
    told,
    reporter,
    change: (state: Hdmi) => {
      for (const listener of listeners) listener(state);
    },
  };
}

describe('StateReporter', () => {
  it('publishes the first state and tells no event of it', () => {
    const { reporter, change, published, told } = build();
    reporter.start();
    change(hdmi(true));
    expect(published).toEqual([hdmi(true)]);
    expect(told).toEqual([]);
  });

  it('tells each change of a burst at once and publishes the last state when the second is over', async () => {
    const { reporter, change, published, told, clock } = build();
    reporter.start();
    for (const connected of [true, false, true, false]) change(hdmi(connected));
    expect(told).toEqual(['hdmi.disconnected', 'hdmi.connected', 'hdmi.disconnected']);
    await clock.advance(1_000);
    expect(published).toEqual([hdmi(true), hdmi(false)]);
  });

  it('listens no longer after it was stopped', () => {
    const { reporter, listeners } = build();
    reporter.start();
    reporter.stop();
    expect(listeners.size).toBe(0);
  });
});
