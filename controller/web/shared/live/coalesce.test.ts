import { expect, test } from 'vitest';
import { coalesce } from './coalesce.ts';

function setUp() {
  const finish: (() => void)[] = [];
  const timers: (() => void)[] = [];
  const looking = coalesce({
    look: () => new Promise((resolve) => finish.push(resolve)),
    quietMs: 200,
    schedule: (run) => timers.push(run),
  });
  const settle = async (index: number) => {
    finish[index]?.();
    await Promise.resolve();
    timers[index]?.();
  };
  return { looking, looks: finish, settle };
}

test('the first request looks at once', () => {
  const { looking, looks } = setUp();
  looking.request();
  expect(looks).toHaveLength(1);
});

test('a burst while looking leads to exactly one more look', async () => {
  const { looking, looks, settle } = setUp();
  for (let i = 0; i < 5; i++) looking.request();
  expect(looks).toHaveLength(1);
  await settle(0);
  expect(looks).toHaveLength(2);
  await settle(1);
  expect(looks).toHaveLength(2);
});

test('after the quiet time the next request looks at once again', async () => {
  const { looking, looks, settle } = setUp();
  looking.request();
  await settle(0);
  looking.request();
  expect(looks).toHaveLength(2);
});

test('nothing is looked at after stop', async () => {
  const { looking, looks, settle } = setUp();
  looking.request();
  looking.request();
  looking.stop();
  await settle(0);
  looking.request();
  expect(looks).toHaveLength(1);
});
