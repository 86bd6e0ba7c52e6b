import { expect, it } from 'vitest';
import { SharedLook } from './shared-look.ts';

function makeLook() {
  const looks: PromiseWithResolvers<number>[] = [];
  const shared = new SharedLook(() => {
    const look = Promise.withResolvers<number>();
    looks.push(look);
    return look.promise;
  });
  const finish = async (index: number) => {
    looks[index]?.resolve(index);
    await new Promise(setImmediate);
  };
  return { shared, looks, finish };
}

it('shares the next look among all who ask while one is taken', async () => {
  const { shared, looks, finish } = makeLook();
  const first = shared.see();
  const others = [shared.see(), shared.see(), shared.see()];
  expect(looks).toHaveLength(1);
  await finish(0);
  expect(looks).toHaveLength(2);
  await finish(1);
  expect(await first).toBe(0);
  expect(await Promise.all(others)).toEqual([1, 1, 1]);
});

it('looks anew for whoever asks later', async () => {
  const { shared, looks, finish } = makeLook();
  const first = shared.see();
  await finish(0);
  await first;
  const second = shared.see();
  await finish(1);
  expect([await second, looks.length]).toEqual([1, 2]);
});

it('goes on after a look that failed', async () => {
  const { shared, looks, finish } = makeLook();
  const first = shared.see();
  const second = shared.see();
  looks[0]?.reject(new Error('on purpose'));
  await expect(first).rejects.toThrow('on purpose');
  await finish(1);
  expect(await second).toBe(1);
});
