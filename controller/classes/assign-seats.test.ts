import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignSeats } from './assign-seats.ts';

const seats = ['1', '2', '3'].map((id) => ({ id, hasDevice: true }));
const member = (id: string) => ({ id, displayName: id });
const none = new Map<string, string>();
const seated = (facts: Partial<Parameters<typeof assignSeats>[0]>) => {
  const members = ['ada', 'ben', 'cleo'].map(member);
  const { places, withoutSeat } = assignSeats({ seats, members, plan: none, lastSeats: none, ...facts });
  return [
    Object.fromEntries([...places].map(([seat, { id }]) => [seat, id])),
    withoutSeat.map(({ id }) => id),
  ];
};

it('goes by the plan, then by where somebody sat last, then by name', () => {
  expect(seated({ plan: new Map([['3', 'ada']]), lastSeats: new Map([['cleo', '1']]) })).toEqual([
    { '1': 'cleo', '2': 'ben', '3': 'ada' },
    [],
  ]);
});

it('gives a seat to who sat there last only where the plan left it free', () => {
  expect(seated({ plan: new Map([['1', 'ben']]), lastSeats: new Map([['ada', '1']]) })).toEqual([
    { '1': 'ben', '2': 'ada', '3': 'cleo' },
    [],
  ]);
});

it('tells who has no seat, and fills none without a device but by a plan', () => {
  const lame = seats.map(({ id }) => ({ id, hasDevice: id === '1' }));
  expect(seated({ seats: lame })).toEqual([{ '1': 'ada' }, ['ben', 'cleo']]);
  expect(seated({ seats: lame, plan: new Map([['2', 'ada']]) })).toEqual([
    { '1': 'ben', '2': 'ada' },
    ['cleo'],
  ]);
});

it('passes over a plan for seats and people that are there no more', () => {
  expect(
    seated({
      plan: new Map([
        ['9', 'ada'],
        ['1', 'dora'],
      ]),
    }),
  ).toEqual([{ '1': 'ada', '2': 'ben', '3': 'cleo' }, []]);
});

it('gives everybody one seat at most and every seat one person at most, whatever was planned', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const some = fc.dictionary(id, id).map((record) => new Map(Object.entries(record)));
  const people = fc.uniqueArray(id).map((ids) => ids.map(member));
  const places = fc
    .uniqueArray(id)
    .chain((ids) =>
      fc.tuple(...ids.map((each) => fc.record({ id: fc.constant(each), hasDevice: fc.boolean() }))),
    );
  fc.assert(
    fc.property(places, people, some, some, (all, members, plan, lastSeats) => {
      const result = assignSeats({ seats: all, members, plan, lastSeats });
      const sitting = [...result.places.values()].map((each) => each.id);
      const standing = result.withoutSeat.map((each) => each.id);
      expect([...sitting, ...standing].toSorted()).toEqual(members.map((each) => each.id).toSorted());
      expect(all.map((each) => each.id)).toEqual(expect.arrayContaining([...result.places.keys()]));
      const free = all.filter((each) => each.hasDevice && !result.places.has(each.id));
      expect(free.length === 0 || standing.length === 0).toBe(true);
    }),
    { numRuns: 300, seed: 2_026 },
  );
});
