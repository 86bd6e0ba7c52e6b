import { expect, test } from 'vitest';
import { numberOf, secondsOf, textOf } from './form-values.ts';

const fields = new FormData();
fields.set('name', '  Physics  ');
fields.set('blank', '   ');
fields.set('minutes', '1.5');
fields.set('words', 'many');

test('white space around a text does not count, and nothing else than it is nothing', () => {
  expect(textOf(fields, 'name')).toBe('Physics');
  expect(textOf(fields, 'blank')).toBeUndefined();
  expect(textOf(fields, 'missing')).toBeUndefined();
});

test('an empty field is no number, and so is a word', () => {
  expect(numberOf(fields, 'minutes')).toBe(1.5);
  expect(numberOf(fields, 'blank')).toBeNull();
  expect(numberOf(fields, 'words')).toBeNull();
});

test('minutes become whole seconds', () => {
  expect(secondsOf(fields, 'minutes', 60)).toBe(90);
  expect(secondsOf(fields, 'blank', 60)).toBeNull();
});
