import { describe, expect, it } from 'vitest';
import { isNothing, type PoolCounts, type PoolPlan, type PoolRule, planPool } from './pool-plan.ts';

const counts = (some: Partial<PoolCounts> = {}): PoolCounts => ({
  creating: 0,
  creatingCold: 0,
  warming: 0,
  ready: 0,
  cooling: 0,
  cold: 0,
  claimed: 0,
  outdatedReady: 0,
  outdatedCold: 0,
  waiting: 0,
  lessons: 0,
  failedLately: 0,
  ...some,
});
const rule = (some: Partial<PoolRule> = {}): PoolRule => ({
  warmMinimum: 4,
  warmMaximum: null,
  coldMinimum: 0,
  coldMaximum: 0,
  maximum: 10,
  rollFloor: null,
  hasCold: true,
  ...some,
});
/** @returns the steps of a plan that are some. */
const stepsOf = (plan: PoolPlan) =>
  Object.fromEntries(Object.entries(plan).filter(([, count]) => count !== 0));
const plan = (some: Partial<PoolCounts>, of: Partial<PoolRule> = {}, slots?: number) =>
  stepsOf(planPool(counts(some), rule(of), slots));

describe('the warm level', () => {
  it.each([
    ['fills an empty pool', {}, { create: 4 }],
    ['counts desktops on their way', { creating: 2, warming: 1, ready: 1 }, {}],
    ['refills behind a claim', { ready: 3, claimed: 1 }, { create: 1 }],
    ['makes more for those who wait', { waiting: 2 }, { create: 6 }],
    ['makes more for lessons', { ready: 4, lessons: 3 }, { create: 3 }],
    ['never passes the maximum', { claimed: 8, waiting: 5 }, { create: 2 }],
    ['makes nothing at the maximum', { claimed: 10, waiting: 5 }, {}],
    ['makes nothing beyond a maximum that was lowered', { claimed: 12 }, {}],
    ['gives back what is ready too many', { ready: 7 }, { deleteReady: 3 }],
    ['keeps what is ready for those who wait', { ready: 7, waiting: 3 }, {}],
    ['gives unused ones back when the maximum was lowered', { ready: 4, claimed: 8 }, { deleteReady: 2 }],
  ] as const)('%s', (_, some, expected) => {
    expect(plan(some)).toEqual(expected);
  });

  it('empties a pool whose minimum is nought', () => {
    expect(plan({ ready: 2 }, { warmMinimum: 0 })).toEqual({ deleteReady: 2 });
  });

  it('never passes its own maximum, however many wait', () => {
    expect(plan({ ready: 1, creating: 1, waiting: 8 }, { warmMaximum: 5 })).toEqual({ create: 3 });
  });
});

describe('two levels', () => {
  const both = { coldMinimum: 2, coldMaximum: 4, maximum: 12 };

  it.each([
    ['fills both', {}, { create: 4, createCold: 2 }],
    [
      'grows from cold first, and refills the cold',
      { ready: 1, cold: 2 },
      { warm: 2, create: 1, createCold: 2 },
    ],
    [
      'takes those that are on their way to be cold next',
      { cold: 1, creatingCold: 1, ready: 2, claimed: 8 },
      { warm: 1, hasten: 1 },
    ],
    ['cools what is warm too many while cold has room', { ready: 7, cold: 2 }, { cool: 2, deleteReady: 1 }],
    ['makes no cold one where a surplus can be cooled', { ready: 6 }, { cool: 2 }],
    ['does not wait for one that is being cooled', { ready: 3, cooling: 2 }, { create: 1 }],
    ['leaves the cold level between its bounds', { ready: 4, cold: 3 }, {}],
    ['deletes cold ones too many', { ready: 4, cold: 6 }, { deleteCold: 2 }],
    ['makes warm ones before cold ones where there is room for few', { claimed: 9 }, { create: 3 }],
    ['grows from cold even at the maximum', { claimed: 10, cold: 2 }, { warm: 2 }],
  ] as const)('%s', (_, some, expected) => {
    expect(plan(some, both)).toEqual(expected);
  });

  it('has one where the provider cannot stop desktops', () => {
    expect(plan({}, { ...both, hasCold: false })).toEqual({ create: 4 });
    expect(plan({ ready: 6 }, { ...both, hasCold: false })).toEqual({ deleteReady: 2 });
  });

  it('gives cold ones back first when the maximum was lowered', () => {
    const lowered = { coldMinimum: 0, coldMaximum: 4 };
    expect(plan({ ready: 4, cold: 3, claimed: 6 }, lowered)).toEqual({ deleteCold: 3 });
  });
});

describe('the limits of a provider', () => {
  it.each([
    [0, {}],
    [1, { warm: 1 }],
    [3, { warm: 2, create: 1 }],
    [6, { warm: 2, create: 2, createCold: 2 }],
  ])('let %i be begun, what somebody waits for first', (slots, expected) => {
    expect(plan({ cold: 2 }, { coldMinimum: 2, coldMaximum: 2 }, slots)).toEqual(expected);
  });

  it('let a surplus wait until it can be cooled', () => {
    expect(plan({ ready: 6 }, { coldMaximum: 2 }, 1)).toEqual({ cool: 1 });
  });
});

describe('while making fails', () => {
  it('tries one at a time', () => {
    expect(plan({ failedLately: 3 })).toEqual({ create: 1 });
  });

  it('waits for the one it tries', () => {
    expect(plan({ failedLately: 9, creating: 1 })).toEqual({});
  });
});

describe('outdated desktops', () => {
  it('are replaced one at a time, the new one first where there is room', () => {
    expect(plan({ ready: 4, outdatedReady: 4 })).toEqual({ create: 1 });
    expect(plan({ ready: 4, creating: 1, outdatedReady: 4 })).toEqual({});
    expect(plan({ ready: 5, outdatedReady: 4 })).toEqual({ deleteReady: 1 });
  });

  it('are replaced from the cold level where one of it is not', () => {
    const twoLevels = { coldMinimum: 1, coldMaximum: 2 };
    expect(plan({ ready: 4, outdatedReady: 2, cold: 1 }, twoLevels)).toEqual({ warm: 1 });
    expect(plan({ ready: 4, outdatedReady: 2, cold: 1, outdatedCold: 1 }, twoLevels)).toEqual({ create: 1 });
  });

  it('go first where there is no room for one more, down to the floor', () => {
    const full = { maximum: 4 };
    expect(plan({ ready: 4, outdatedReady: 4 }, full)).toEqual({ deleteReady: 1 });
    expect(plan({ ready: 3, outdatedReady: 3 }, full)).toEqual({ create: 1 });
    expect(plan({ ready: 4, outdatedReady: 4 }, { ...full, rollFloor: 4 })).toEqual({});
  });

  it('stay while somebody needs a desktop', () => {
    expect(plan({ ready: 3, outdatedReady: 3, waiting: 2 })).toEqual({ create: 3 });
  });

  it('are never cooled', () => {
    expect(plan({ ready: 6, outdatedReady: 6 }, { coldMaximum: 3 })).toEqual({ deleteReady: 2 });
  });

  it('go from the cold level one at a time', () => {
    const twoLevels = { coldMinimum: 2, coldMaximum: 2 };
    expect(plan({ ready: 4, cold: 2, outdatedCold: 2 }, twoLevels)).toEqual({ deleteCold: 1 });
    expect(plan({ ready: 4, cold: 1, outdatedCold: 1 }, twoLevels)).toEqual({ createCold: 1 });
    expect(plan({ ready: 4, cold: 1, creatingCold: 1, outdatedCold: 1 }, twoLevels)).toEqual({});
  });
});

it('knows a plan that does nothing', () => {
  expect(isNothing(planPool(counts({ ready: 4 }), rule()))).toBe(true);
  expect(isNothing(planPool(counts(), rule()))).toBe(false);
});
