import { expect, it } from 'vitest';
import { createFirstPassword } from './first-password.ts';

it('makes four words that can be read aloud', () => {
  expect(createFirstPassword()).toMatch(/^([b-z][aeiou]){2}(-([b-z][aeiou]){2}){3}$/);
});

it('uses no letter that is read for another', () => {
  const all = Array.from({ length: 200 }, () => createFirstPassword()).join('');
  expect(all).not.toMatch(/[lj0cqxy1]/);
});

it('takes each letter from the chance it is given', () => {
  expect(createFirstPassword(() => 0)).toBe('baba-baba-baba-baba');
  expect(createFirstPassword((below) => below - 1)).toBe('zuzu-zuzu-zuzu-zuzu');
});
