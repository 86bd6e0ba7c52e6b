import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { Heartbeat } from './heartbeat.ts';

describe('Heartbeat', () => {
  let clock: ManualClock;
  let deaths: number;
  let isAlive: boolean;
  let heartbeat: Heartbeat;

  beforeEach(() => {
    clock = new ManualClock();
    deaths = 0;
    isAlive = true;
    heartbeat = new Heartbeat({
      check: async () => {
        if (!isAlive) throw new Error('no answer');
      },
      onDead: () => {
        deaths += 1;
      },
      clock,
    });
    heartbeat.start();
  });

  it('is content while the page answers', async () => {
    await clock.advance(200_000);
    expect(deaths).toBe(0);
  });

  it('forgives one missed beat', async () => {
    isAlive = false;
    await clock.advance(20_000);
    isAlive = true;
    await clock.advance(20_000);
    isAlive = false;
    await clock.advance(20_000);
    expect(deaths).toBe(0);
  });

  it('tells once of two in a row', async () => {
    isAlive = false;
    await clock.advance(200_000);
    expect(deaths).toBe(1);
    expect(clock.waiting).toBe(0);
  });

  it('tells nothing after it was stopped', async () => {
    isAlive = false;
    heartbeat.stop();
    await clock.advance(200_000);
    expect(deaths).toBe(0);
  });
});
