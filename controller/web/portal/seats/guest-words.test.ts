import { expect, test } from 'vitest';
import { guestWords } from './guest-words.ts';

const templates = [{ id: 'browser', name: 'Web browser' }];

test('what guests get is told with its end', () => {
  expect(guestWords({ template: 'browser', limitS: 1800 }, templates)).toBe('Web browser for 30 min');
  expect(guestWords({ template: 'browser', limitS: null }, templates)).toBe('Web browser');
  expect(guestWords(null, templates)).toBe('nothing');
});

test('a template that is not offered any more is told by its id', () => {
  expect(guestWords({ template: 'old', limitS: null }, templates)).toBe('old');
});
