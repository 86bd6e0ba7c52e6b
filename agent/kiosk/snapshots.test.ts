import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { Snapshots } from './snapshots.ts';

describe('Snapshots', () => {
  let clock: ManualClock;
  let snapshots: Snapshots;
  let taken: number;
  const take = async () => {
    taken += 1;
    return `picture ${taken}`;
  };

  beforeEach(() => {
    clock = new ManualClock();
    snapshots = new Snapshots(clock);
    taken = 0;
  });

  it('gives everybody within a second the same picture', async () => {
    const [first, second] = await Promise.all([snapshots.get(take), snapshots.get(take)]);
    await clock.advance(999);
    expect(await snapshots.get(take)).toBe(first);
    expect(second).toBe(first);
    expect(first).toEqual({ base64: 'picture 1', takenAt: new Date('2026-01-01T00:00:00.000Z') });
  });

  it('takes a new one after a second', async () => {
    await snapshots.get(take);
    await clock.advance(1_000);
    expect((await snapshots.get(take)).base64).toBe('picture 2');
  });

  it('tries again at once after a failure', async () => {
    await expect(snapshots.get(() => Promise.reject(new Error('no page')))).rejects.toThrow('no page');
    expect((await snapshots.get(take)).base64).toBe('picture 1');
  });
});
