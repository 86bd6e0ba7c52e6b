import { expect, test } from 'vitest';
import { isRouteTemplate, writeRoute } from './route-template.ts';

test.each([
  ['SW{in}{out}', 'SW31'],
  ['OUT{out:2}FR{in:2}\\r\\n', 'OUT01FR03\r\n'],
  ['#{in:0}>{out:A}', '#2>A'],
  ['\\xAA{in:byte}\\xee', '\u00aa\u0003\u00ee'],
])('%s is written as %j for input 3 at output 1', (template, written) => {
  expect(writeRoute(template, { input: 3, output: 1 }).toString('latin1')).toBe(written);
});

test('numbers of more digits than asked for are written whole', () => {
  expect(writeRoute('{in:2}', { input: 12, output: 1 }).toString()).toBe('12');
});

test.each([
  ['SW{in}{out}', true],
  ['{in:2}', true],
  ['SW{out}', false],
  ['SW', false],
  ['{in}{what}', false],
  ['{in:1}', false],
  ['{in', false],
])('whether %s is a template: %s', (text, isOne) => {
  expect(isRouteTemplate(text)).toBe(isOne);
});
