import { pino } from 'pino';
import { expect, it } from 'vitest';
import { BoundedTasks } from './bounded-tasks.ts';

const logger = pino({ level: 'silent' });

it('has a place again when a task has ended, well or not', async () => {
  const tasks = new BoundedTasks({ limit: 2, logger });
  const { promise, reject } = Promise.withResolvers<void>();
  tasks.start(() => promise);
  tasks.start(() => Promise.resolve());
  expect(tasks.free).toBe(0);
  reject(new Error('on purpose'));
  await tasks.settled();
  expect(tasks.free).toBe(2);
});

it('waits for the slowest', async () => {
  const tasks = new BoundedTasks({ limit: 2, logger });
  const { promise, resolve } = Promise.withResolvers<void>();
  const order: string[] = [];
  tasks.start(() => promise.then(() => void order.push('slow')));
  tasks.start(async () => void order.push('quick'));
  const settled = tasks.settled().then(() => order.push('settled'));
  resolve();
  await settled;
  expect(order).toEqual(['quick', 'slow', 'settled']);
});
