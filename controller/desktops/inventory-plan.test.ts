import { expect, it } from 'vitest';
import { planInventory } from './inventory-plan.ts';

it('finds nothing to do when both agree', () => {
  const recorded = [
    { id: 'a', state: 'ready' },
    { id: 'b', state: 'claimed' },
    { id: 'c', state: 'deleting' },
  ] as const;
  expect(planInventory(['a', 'b', 'c'], recorded)).toEqual({ leftovers: [], missing: [], strangers: [] });
});

it('removes what is on record as gone', () => {
  expect(planInventory(['a'], [{ id: 'a', state: 'gone' }]).leftovers).toEqual(['a']);
});

it('never touches what is on no record', () => {
  expect(planInventory(['x'], [])).toEqual({ leftovers: [], missing: [], strangers: ['x'] });
});

it('asks after ready and claimed desktops that are not listed', () => {
  const recorded = [
    { id: 'a', state: 'ready' },
    { id: 'b', state: 'claimed' },
  ] as const;
  expect(planInventory([], recorded).missing).toEqual(recorded);
});
