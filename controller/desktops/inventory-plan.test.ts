import { expect, it } from 'vitest';
import { planInventory } from './inventory-plan.ts';

it('finds nothing to do when both agree', () => {
  expect(planInventory([])).toEqual({ leftovers: [], missing: [], strangers: [] });
});

it('removes what is on record as gone', () => {
  expect(planInventory([{ id: 'a', state: 'gone' }])).toEqual({
    leftovers: ['a'],
    missing: [],
    strangers: [],
  });
});

it('never touches what is on no record', () => {
  expect(planInventory([{ id: 'x', state: null }])).toEqual({ leftovers: [], missing: [], strangers: ['x'] });
});

it('asks after those that should be there', () => {
  const missing = [
    { id: 'a', state: 'ready' },
    { id: 'b', state: 'claimed' },
    { id: 'c', state: 'cold' },
  ] as const;
  expect(planInventory(missing)).toEqual({ leftovers: [], missing, strangers: [] });
});
