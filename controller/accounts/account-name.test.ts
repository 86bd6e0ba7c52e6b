import { accountName } from '@homeroom/protocol';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { accountNameOf, distinctAccountNameOf } from './account-name.ts';

it.each([
  ['ana', 'ana'],
  ['Ana.Maria@school.example', 'ana-maria-school-example'],
  ['7b-ana', 'u7b-ana'],
  ['_x_', 'u_x_'],
  ['..', 'u'],
])('makes %s the account %s', (username, expected) => {
  expect(accountNameOf(username)).toBe(expected);
});

it('keeps two long names that begin alike apart', () => {
  const [one, two] = ['a', 'b'].map((end) => accountNameOf(`${'long-name-'.repeat(5)}${end}`));
  expect(one).not.toBe(two);
  expect(v.is(accountName, one)).toBe(true);
});

it('has another name when the first is taken', () => {
  expect(distinctAccountNameOf('ana.maria')).toMatch(/^ana-maria-[0-9a-f]{6}$/);
  expect(distinctAccountNameOf('ana.maria')).not.toBe(distinctAccountNameOf('ana@maria'));
});
