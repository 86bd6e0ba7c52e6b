import { expect, it } from 'vitest';
import { type Arrival, conflictMessage, identityConflictOf } from './identity-conflict.ts';

/** Arrivals a second apart, one letter each: the boot, and the address and fingerprint that go with it. */
const arrivals = (boots: string, given: Partial<Arrival> = {}): Arrival[] =>
  [...boots].map((boot, index) => ({
    atMs: index * 1_000,
    bootId: boot,
    fingerprint: `print-${boot}`,
    address: `10.0.0.${boot}`,
    ...given,
  }));

it.each(['', 'A', 'AAAA', 'AB', 'AAABBB', 'ABC'])('sees one machine in %j', (boots) => {
  expect(identityConflictOf(arrivals(boots), 20_000)).toBeUndefined();
});

it.each(['ABA', 'AABBA', 'ABAB', 'CABAB'])('sees two machines in %j', (boots) => {
  const conflict = identityConflictOf(arrivals(boots), 20_000);
  expect(conflict?.addresses.toSorted()).toEqual(['10.0.0.A', '10.0.0.B']);
});

it('tells two machines apart by their fingerprint where the boot is the same', () => {
  const seen = arrivals('ABA', { bootId: 'same' });
  expect(identityConflictOf(seen, 20_000)?.addresses).toEqual(['10.0.0.B', '10.0.0.A']);
});

it('compares no fingerprint that is not known', () => {
  const seen = arrivals('AAA').map((arrival, at) => ({ ...arrival, fingerprint: at === 1 ? null : 'print' }));
  expect(identityConflictOf(seen, 20_000)).toBeUndefined();
});

it('forgets what was long ago', () => {
  expect(identityConflictOf(arrivals('ABA'), 60 * 60_000)).toBeUndefined();
});

it('names both addresses, or none when they are not known', () => {
  expect(conflictMessage({ addresses: ['10.0.0.1', '10.0.0.2'] })).toContain('(10.0.0.1 and 10.0.0.2)');
  expect(conflictMessage({ addresses: [] })).toMatch(/^Two machines use/);
  expect(identityConflictOf(arrivals('ABA', { address: null }), 5_000)).toEqual({ addresses: [] });
});
