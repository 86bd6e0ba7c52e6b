import { expect, test } from 'vitest';
import { typedKeys } from './typed-keys.ts';

const backspace = 0xff08;

test('letters are their own keys, a new line is Enter', () => {
  expect(typedKeys('', 'aé\n')).toEqual([0x61, 0xe9, 0xff0d]);
});

test('what Latin-1 does not have is sent as Unicode, also beyond the first plane', () => {
  expect(typedKeys('', 'ł😀')).toEqual([0x01000142, 0x0101f600]);
});

test('what is deleted is as many backspaces', () => {
  expect(typedKeys('____ab', '____')).toEqual([backspace, backspace]);
});

test('a word that the keyboard corrects is taken back to where it differs, and typed anew', () => {
  expect(typedKeys('_teh', '_the')).toEqual([backspace, backspace, 0x68, 0x65]);
});

test('nothing new is nothing typed', () => {
  expect(typedKeys('abc', 'abc')).toEqual([]);
});
