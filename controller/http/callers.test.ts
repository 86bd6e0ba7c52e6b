import { expect, it } from 'vitest';
import { Callers } from './callers.ts';

const services = {
  accounts: { authenticate: async () => undefined, authenticateBearer: async () => undefined },
  kioskSignIns: { authenticate: async () => undefined },
};

it.each([
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8::7', '2001:db8::7'],
  [null, null],
])('writes the address %s as people do: %s', async (given, expected) => {
  const { address } = await new Callers(services).identify({}, {}, given);
  expect(address).toBe(expected);
});
