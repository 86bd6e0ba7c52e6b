import { expect, it } from 'vitest';
import { readSaidLine } from './said-line.ts';

it.each([
  ['20 Nov 23:38:13 - [info] Started flows', { level: 'info', text: 'Started flows' }],
  ['20 Nov 23:38:13 - [error] [function:x] Error: no', { level: 'error', text: '[function:x] Error: no' }],
  ['20 Nov 23:38:13 - [warn] Missing', { level: 'warn', text: 'Missing' }],
  ['    at Object.run (/x.js:1:2)', { level: 'info', text: 'at Object.run (/x.js:1:2)' }],
])('reads %j', (line, said) => {
  expect(readSaidLine(line)).toEqual(said);
});

it.each(['', '20 Nov 23:38:13 - [info] ', '==================='])('passes over %j', (line) => {
  expect(readSaidLine(line)).toBeUndefined();
});
