import { pino } from 'pino';
import { expect, it } from 'vitest';
import { ReconcileLoop } from './reconcile-loop.ts';

function makeLoop(look: (count: number) => Promise<void> | void) {
  let count = 0;
  const waiters: { count: number; resolve: () => void }[] = [];
  const loop = new ReconcileLoop({
    name: 'test',
    intervalMs: 60_000,
    logger: pino({ level: 'silent' }),
    look: async () => {
      count += 1;
      for (const waiter of waiters) if (count >= waiter.count) waiter.resolve();
      await look(count);
    },
  });
  const whenLooked = (wanted: number) =>
    new Promise<void>((resolve) => {
      if (count >= wanted) resolve();
      else waiters.push({ count: wanted, resolve });
    });
  return { loop, whenLooked, looks: () => count };
}

it('looks at once when it starts, and again when it is woken', async () => {
  const { loop, whenLooked, looks } = makeLoop(() => undefined);
  loop.start();
  await whenLooked(1);
  loop.wake();
  await whenLooked(2);
  await loop.stop();
  expect(looks()).toBe(2);
});

it('makes one look of many wakes, and never two at a time', async () => {
  const release: (() => void)[] = [];
  const { loop, whenLooked, looks } = makeLoop(() => new Promise<void>((resolve) => release.push(resolve)));
  loop.start();
  await whenLooked(1);
  for (let each = 0; each < 10; each += 1) loop.wake();
  expect(looks()).toBe(1);
  release[0]?.();
  await whenLooked(2);
  release[1]?.();
  await loop.stop();
  expect(looks()).toBe(2);
});

it('goes on after a look that throws', async () => {
  const { loop, whenLooked } = makeLoop((count) => {
    if (count === 1) throw new Error('on purpose');
  });
  loop.start();
  await whenLooked(1);
  setImmediate(() => loop.wake());
  await whenLooked(2);
  await loop.stop();
});

it('stops while it sleeps, and a second stop does nothing', async () => {
  const { loop, whenLooked } = makeLoop(() => undefined);
  loop.start();
  await whenLooked(1);
  await loop.stop();
  await loop.stop();
});
