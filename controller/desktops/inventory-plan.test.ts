import { describe, expect, it } from 'vitest';
import { inventorySightings, partListed, planInventory } from './inventory-plan.ts';

const provider = 'simulated';
const nothing = { leftovers: [], missing: [], strangers: [], misplaced: [] };

describe('what is to be done where a provider and the records differ', () => {
  it('is nothing when both agree', () => {
    expect(planInventory(provider, [])).toEqual(nothing);
  });

  it('is to remove again what is on record as gone', () => {
    const plan = planInventory(provider, [{ id: 'a', state: 'gone', provider }]);
    expect(plan).toEqual({ ...nothing, leftovers: ['a'] });
  });

  it('is never to touch what is on no record', () => {
    const plan = planInventory(provider, [{ id: 'x', state: null, provider: null }]);
    expect(plan).toEqual({ ...nothing, strangers: ['x'] });
  });

  it('is never to touch what is on record as another provider’s, gone or not', () => {
    const plan = planInventory(provider, [
      { id: 'a', state: 'gone', provider: 'host' },
      { id: 'b', state: 'claimed', provider: 'host' },
    ]);
    expect(plan).toEqual({
      ...nothing,
      misplaced: [
        { id: 'a', provider: 'host' },
        { id: 'b', provider: 'host' },
      ],
    });
  });

  it('is to ask after those that should be there', () => {
    const missing = [
      { id: 'a', state: 'ready' },
      { id: 'b', state: 'claimed' },
      { id: 'c', state: 'cold' },
    ] as const;
    const plan = planInventory(
      provider,
      missing.map((each) => ({ ...each, provider })),
    );
    expect(plan).toEqual({ ...nothing, missing });
  });
});

it('takes a name that can be no id of ours for a stranger', () => {
  const id = '0b6e7d3c-6b0f-4b62-9a54-0c8f3c3f9a11';
  expect(partListed([id, 'vm-101', ''])).toEqual({ ids: [id], strangers: ['vm-101', ''] });
  expect(partListed([id])).toEqual({ ids: [id], strangers: [] });
});

describe('what is told of them', () => {
  const plan = {
    leftovers: ['a'],
    missing: [{ id: 'm', state: 'ready' as const }],
    strangers: ['x'],
    misplaced: [{ id: 'b', provider: 'host' }],
  };

  it('lets nothing be removed at once, and nothing foreign ever', () => {
    const graces = inventorySightings(provider, plan).map(({ kind, subject, graceMs }) => [
      kind,
      subject,
      graceMs,
    ]);
    expect(graces).toEqual([
      ['forgotten', 'a', 10_000],
      ['foreign', 'x', null],
      ['foreign', 'b', null],
    ]);
  });

  it('names the provider that a misplaced desktop is on record of', () => {
    expect(inventorySightings(provider, plan)[2]?.reason).toContain('one of the provider host');
  });

  it('is no more than a person reads', () => {
    const strangers = Array.from({ length: 5_000 }, (_, n) => `vm-${n}`);
    expect(inventorySightings(provider, { ...plan, leftovers: [], misplaced: [], strangers })).toHaveLength(
      200,
    );
  });
});
