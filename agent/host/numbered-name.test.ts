import { expect, it } from 'vitest';
import { numberedName } from './numbered-name.ts';

it.each([
  ['sheet.pdf', 1, 'sheet.pdf'],
  ['sheet.pdf', 2, 'sheet (2).pdf'],
  ['sheet', 3, 'sheet (3)'],
  ['a.tar.gz', 2, 'a.tar (2).gz'],
])('%s, number %i, is %s', (name, number, numbered) => {
  expect(numberedName(name, number)).toBe(numbered);
});
