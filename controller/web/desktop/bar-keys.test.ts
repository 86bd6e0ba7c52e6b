import { expect, test } from 'vitest';
import { createBarKeys, type KeyPress } from './bar-keys.ts';

const press = (type: KeyPress['type'], key: string, held: string): KeyPress => ({
  type,
  key,
  ctrlKey: held.includes('c'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
});

const chord = [
  press('keydown', 'Control', 'c'),
  press('keydown', 'Alt', 'ca'),
  press('keydown', 'Shift', 'cas'),
];

test('the three keys toggle the bar once all are released', () => {
  const keys = createBarKeys();
  expect(chord.map(keys)).toEqual([false, false, false]);
  expect(keys(press('keyup', 'Shift', 'ca'))).toBe(false);
  expect(keys(press('keyup', 'Alt', 'c'))).toBe(false);
  expect(keys(press('keyup', 'Control', ''))).toBe(true);
});

test('with another key in between they belong to the desktop', () => {
  const keys = createBarKeys();
  for (const each of chord) keys(each);
  keys(press('keydown', 'T', 'cas'));
  expect(keys(press('keyup', 'Control', ''))).toBe(false);
});

test('two of the keys do nothing', () => {
  const keys = createBarKeys();
  keys(press('keydown', 'Control', 'c'));
  keys(press('keydown', 'Alt', 'ca'));
  expect(keys(press('keyup', 'Alt', ''))).toBe(false);
});
