import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { QueryLimit } from './query-limit.ts';

it('holds for all that the work calls, and nowhere else', async () => {
  const limit = new QueryLimit();
  const deep = async () => {
    await Promise.resolve();
    return limit.timeoutMs;
  };
  expect(limit.timeoutMs).toBeUndefined();
  const [one, other] = await Promise.all([limit.within(1, deep), limit.within(2, deep)]);
  expect([one, other, limit.timeoutMs]).toEqual([1, 2, undefined]);
});

it('ends with the work for what the work has only set going', async () => {
  const limit = new QueryLimit();
  const gate = Promise.withResolvers<void>();
  const seen = await limit.within(1, async () => {
    const later = gate.promise.then(() => limit.timeoutMs);
    return { during: limit.timeoutMs, later };
  });
  await delay(0);
  gate.resolve();
  expect([seen.during, await seen.later]).toEqual([1, undefined]);
});

it('ends with work that throws, and passes on what it throws', async () => {
  const limit = new QueryLimit();
  let later: Promise<number | undefined> | undefined;
  const failing = limit.within(1, async () => {
    later = delay(5).then(() => limit.timeoutMs);
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  expect(await later).toBeUndefined();
});
