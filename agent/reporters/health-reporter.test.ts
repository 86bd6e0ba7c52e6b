import { describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { HealthReporter } from './health-reporter.ts';

function build() {
  const clock = new ManualClock();
  const reports: number[] = [];
  let tell: (figures: object) => void = () => undefined;
  const reporter = new HealthReporter({
    intervalMs: 30_000,
    onChange: (listener) => {
      tell = listener;
      return () => {
        tell = () => undefined;
      };
    },
    report: async () => {
      reports.push(clock.monotonicMs());
    },
    clock,
    log: silentLog,
  });
  return { clock, reports, reporter, change: (temperatureC: number) => tell({ temperatureC }) };
}

describe('HealthReporter', () => {
  it('reports at once and then every interval', async () => {
    const { clock, reports, reporter } = build();
    reporter.start();
    await settle();
    await clock.advance(30_000);
    expect(reports).toHaveLength(2);
    await reporter.stop();
  });

  it('reports a change at once, and a burst of them at most once per second', async () => {
    const { clock, reports, reporter, change } = build();
    reporter.start();
    await settle();
    await clock.advance(10_000);
    const [startMs = 0] = reports;
    for (const temperatureC of [50, 60, 70]) change(temperatureC);
    await settle();
    await clock.advance(5_000);
    expect(reports.map((ms) => ms - startMs)).toEqual([0, 10_000, 11_000]);
    await reporter.stop();
  });

  it('reports nothing once it is stopped', async () => {
    const { clock, reports, reporter, change } = build();
    reporter.start();
    await settle();
    await reporter.stop();
    change(90);
    await clock.advance(60_000);
    expect(reports).toHaveLength(1);
  });
});
