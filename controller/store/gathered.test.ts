import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it } from 'vitest';
import { Gathered } from './gathered.ts';

/** Answers with ten times the key, one batch after the other as the test lets them. */
function setUp() {
  const batches: { keys: readonly number[]; settle: PromiseWithResolvers<void> }[] = [];
  const gathered = new Gathered<number, number>(async (keys) => {
    const settle = Promise.withResolvers<void>();
    batches.push({ keys, settle });
    await settle.promise;
    return keys.map((key) => key * 10);
  });
  return { gathered, batches, turn: () => new Promise((resolve) => setImmediate(resolve)) };
}

it('sends a lone question at once', async () => {
  const { gathered, batches, turn } = setUp();
  const answer = gathered.ask(1);
  await turn();
  expect(batches.map(({ keys }) => keys)).toEqual([[1]]);
  batches[0]?.settle.resolve();
  expect(await answer).toBe(10);
});

it('answers all who come meanwhile with the next question, each with their own answer', async () => {
  const { gathered, batches, turn } = setUp();
  const first = gathered.ask(1);
  await turn();
  const others = [gathered.ask(2), gathered.ask(3)];
  await turn();
  expect(batches).toHaveLength(1);
  batches[0]?.settle.resolve();
  await first;
  await turn();
  expect(batches[1]?.keys).toEqual([2, 3]);
  batches[1]?.settle.resolve();
  expect(await Promise.all(others)).toEqual([20, 30]);
});

it('fails for a whole batch, and asks anew for those after it', async () => {
  const { gathered, batches, turn } = setUp();
  const first = gathered.ask(1);
  await turn();
  const second = gathered.ask(2);
  batches[0]?.settle.reject(new Error('on purpose'));
  await expect(first).rejects.toThrow('on purpose');
  await turn();
  batches[1]?.settle.resolve();
  expect(await second).toBe(20);
});

it('asks under the limits of whoever came first in the batch', async () => {
  const scope = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const gate = Promise.withResolvers<void>();
  const gathered = new Gathered<number, number>(async (keys) => {
    seen.push(scope.getStore());
    await gate.promise;
    return keys;
  });
  const first = scope.run('first', () => gathered.ask(1));
  await new Promise((resolve) => setImmediate(resolve));
  const second = scope.run('second', () => gathered.ask(2));
  const third = scope.run('third', () => gathered.ask(3));
  gate.resolve();
  await Promise.all([first, second, third]);
  expect(seen).toEqual(['first', 'second']);
});
