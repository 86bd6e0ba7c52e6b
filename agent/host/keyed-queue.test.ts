import { describe, expect, it } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

describe('KeyedQueue', () => {
  it('runs tasks of one key in their order', async () => {
    const queue = new KeyedQueue();
    const first = Promise.withResolvers<void>();
    const seen: string[] = [];
    const one = queue.run('a', async () => {
      await first.promise;
      seen.push('one');
    });
    const two = queue.run('a', async () => {
      seen.push('two');
    });
    first.resolve();
    await Promise.all([one, two]);
    expect(seen).toEqual(['one', 'two']);
  });

  it('lets another key pass', async () => {
    const queue = new KeyedQueue();
    const never = Promise.withResolvers<void>();
    void queue.run('a', () => never.promise);
    expect(await queue.run('b', async () => 'done')).toBe('done');
    never.resolve();
  });

  it('goes on after a failure, which its caller hears', async () => {
    const queue = new KeyedQueue();
    const failed = queue.run('a', () => Promise.reject(new Error('no')));
    const next = queue.run('a', async () => 'yes');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  it('is idle when all have ended, also those that failed', async () => {
    const queue = new KeyedQueue();
    let isDone = false;
    queue.run('a', () => Promise.reject(new Error('no'))).catch(() => undefined);
    void queue.run('a', async () => {
      isDone = true;
    });
    await queue.idle();
    expect(isDone).toBe(true);
  });
});
