import { expect, it } from 'vitest';
import { type PoolCounts, planPool } from './pool-plan.ts';

const counts = (some: Partial<PoolCounts> = {}): PoolCounts => ({
  creating: 0,
  ready: 0,
  claimed: 0,
  waiting: 0,
  failedLately: 0,
  ...some,
});
const rule = { minimum: 4, maximum: 10 };

it.each([
  ['fills an empty pool', {}, { create: 4, remove: 0 }],
  ['counts desktops on their way', { creating: 3, ready: 1 }, { create: 0, remove: 0 }],
  ['refills behind a claim', { ready: 3, claimed: 1 }, { create: 1, remove: 0 }],
  ['makes more for those who wait', { waiting: 2 }, { create: 6, remove: 0 }],
  ['never passes the maximum', { claimed: 8, waiting: 5 }, { create: 2, remove: 0 }],
  ['makes nothing at the maximum', { claimed: 10, waiting: 5 }, { create: 0, remove: 0 }],
  ['makes nothing beyond a maximum that was lowered', { claimed: 12 }, { create: 0, remove: 0 }],
  ['gives back what is ready too many', { ready: 7 }, { create: 0, remove: 3 }],
  ['keeps what is ready for those who wait', { ready: 7, waiting: 3 }, { create: 0, remove: 0 }],
  ['tries one at a time while making fails', { failedLately: 3 }, { create: 1, remove: 0 }],
  ['waits for the one it tries', { failedLately: 9, creating: 1 }, { create: 0, remove: 0 }],
] as const)('%s', (_, some, plan) => {
  expect(planPool(counts(some), rule)).toEqual(plan);
});

it('empties a pool whose minimum is nought', () => {
  expect(planPool(counts({ ready: 2 }), { minimum: 0, maximum: 10 })).toEqual({ create: 0, remove: 2 });
});
