import { expect, it } from 'vitest';
import { hashPasswords } from './hash-passwords.ts';

it('hashes all in their order, two at a time', async () => {
  let running = 0;
  let most = 0;
  const hash = async (password: string) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return `hash of ${password}`;
  };
  expect(await hashPasswords(['a', 'b', 'c', 'd', 'e'], hash)).toEqual(
    ['a', 'b', 'c', 'd', 'e'].map((password) => `hash of ${password}`),
  );
  expect(most).toBe(2);
});

it('has nothing for nobody, and fails when one fails', async () => {
  expect(await hashPasswords([])).toEqual([]);
  const fails = async () => {
    throw new Error('no memory');
  };
  await expect(hashPasswords(['a', 'b', 'c'], fails)).rejects.toThrow('no memory');
});
