import { expect, it } from 'vitest';
import { signInFaultWords } from './sign-in-fault-words.ts';

const fault = { title: 'Too many.', remedy: 'Wait.', retryAfterS: undefined };

it('says for how long to wait, where that is known', () => {
  expect(signInFaultWords({ ...fault, code: 'sign_in_throttled', retryAfterS: 30 })).toBe(
    'Too many. Try again in 30 s.',
  );
});

it.each([
  ['Wait.', 'Too many. Wait.'],
  [undefined, 'Too many.'],
])('else says what to do: %s', (remedy, words) => {
  expect(signInFaultWords({ ...fault, code: 'sign_in_failed', remedy })).toBe(words);
});
