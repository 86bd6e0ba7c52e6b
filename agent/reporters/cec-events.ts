import type { Cec } from '@homeroom/protocol/wire';
import type { Happening } from './happening.ts';

/** @returns what happened to the televisions between two looks. */
export function cecEvents(before: Cec, after: Cec): Happening[] {
  const powers = new Map(before.adapters.map(({ name, power }) => [name, power]));
  return after.adapters.flatMap(({ name, power }) => {
    const from = powers.get(name);
    if (from === undefined || from === power) return [];
    return [
      {
        name: 'cec.power-changed',
        message: `the television on ${name} is ${power}`,
        details: { adapter: name, from, to: power },
      },
    ];
  });
}
