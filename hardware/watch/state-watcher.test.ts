import { HomeroomError } from '@homeroom/protocol/wire';
import { expect, test } from 'vitest';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { StateWatcher } from './state-watcher.ts';

function watched(look: () => Promise<number>) {
  const clock = new ManualClock();
  const told: number[] = [];
  const faults: string[] = [];
  const watcher = new StateWatcher<number>({
    look,
    clock,
    rescanMs: 30_000,
    settleMs: 2_000,
    onFault: (fault) => faults.push(fault.message),
  });
  watcher.onChange((state) => told.push(state));
  return { clock, told, faults, watcher };
}

test('tells the first state at the start and later ones by the timer', async () => {
  let state = 1;
  const { clock, told, watcher } = watched(async () => state);
  await watcher.start();
  state = 2;
  await clock.advance(29_999);
  expect(told).toEqual([1]);
  await clock.advance(1);
  expect(told).toEqual([1, 2]);
});

test('a poke looks at once, and again when things have settled', async () => {
  let state = 1;
  const { clock, told, watcher } = watched(async () => state);
  await watcher.start();
  state = 2;
  watcher.poke();
  await settle();
  expect(told).toEqual([1, 2]);
  state = 3;
  await clock.advance(2_000);
  expect(told).toEqual([1, 2, 3]);
});

test('pokes during a look make one more look, not one each', async () => {
  let looks = 0;
  const gates: (() => void)[] = [];
  const { watcher } = watched(async () => {
    looks += 1;
    await new Promise<void>((resolve) => gates.push(resolve));
    return looks;
  });
  const started = watcher.start();
  watcher.poke();
  watcher.poke();
  watcher.poke();
  gates.shift()?.();
  await started;
  await settle();
  expect(looks).toBe(2);
  watcher.stop();
  gates.shift()?.();
});

test('two readers at once share one look', async () => {
  let looks = 0;
  const { watcher } = watched(async () => {
    looks += 1;
    return looks;
  });
  expect(await Promise.all([watcher.read(), watcher.read()])).toEqual([1, 1]);
});

test('a look that fails is told as a fault and followed by the next', async () => {
  let isBroken = true;
  const { clock, told, faults, watcher } = watched(async () => {
    if (isBroken) throw new Error('EIO');
    return 1;
  });
  await watcher.start();
  isBroken = false;
  await clock.advance(30_000);
  expect(faults).toEqual(['EIO']);
  expect(told).toEqual([1]);
});

test('a reader hears of a failed look by its code', async () => {
  const { watcher } = watched(() => Promise.reject(new Error('EIO')));
  await expect(watcher.read()).rejects.toMatchObject({ code: 'hardware_failed', detail: 'EIO' });
  const { watcher: other } = watched(() => Promise.reject(new HomeroomError('hardware_absent')));
  await expect(other.read()).rejects.toMatchObject({ code: 'hardware_absent' });
});

test('nothing is looked at or told after the stop', async () => {
  let looks = 0;
  const { clock, told, watcher } = watched(async () => {
    looks += 1;
    return looks;
  });
  await watcher.start();
  watcher.poke();
  watcher.stop();
  watcher.poke();
  await clock.advance(120_000);
  expect(told).toEqual([1]);
  expect(looks).toBe(2);
});
