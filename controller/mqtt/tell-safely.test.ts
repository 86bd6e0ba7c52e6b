import { expect, it } from 'vitest';
import { tellSafely } from './tell-safely.ts';

function faultsOf(tell: () => unknown): string[] {
  const faults: string[] = [];
  tellSafely(tell, ({ message }) => faults.push(message));
  return faults;
}

it('takes what a listener throws', () => {
  const faults = faultsOf(() => {
    throw new Error('at once');
  });
  expect(faults).toEqual(['at once']);
});

it('takes what an async listener throws later', async () => {
  const faults = faultsOf(async () => {
    await Promise.resolve();
    throw new Error('later');
  });
  expect(faults).toEqual([]);
  await expect.poll(() => faults).toEqual(['later']);
});

it('says nothing of a listener that works', async () => {
  const faults = faultsOf(async () => 'fine');
  await Promise.resolve();
  expect(faults).toEqual([]);
});
