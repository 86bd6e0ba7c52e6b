import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { expect, it } from 'vitest';
import { limitsRule, maxDepth, maxQuestions } from './limits.ts';

const schema = buildSchema('type Query { a: Query, b: Int }');
const faultsOf = (text: string) =>
  validate(schema, parse(text), [...specifiedRules, limitsRule]).map(({ message }) => message);
const nested = (depth: number) => `{${'a{'.repeat(depth - 1)}b${'}'.repeat(depth)}`;
const wide = (count: number) => `{${Array.from({ length: count }, (_, index) => `f${index}: b`).join(' ')}}`;

it('lets through what a page asks', () => {
  expect(faultsOf(nested(maxDepth))).toEqual([]);
  expect(faultsOf(wide(maxQuestions))).toEqual([]);
});

it('refuses what is too deep, also by fragments', () => {
  expect(faultsOf(nested(maxDepth + 1))).toEqual([expect.stringContaining('15 levels')]);
  const half = nested(10).slice(1, -1);
  const text = `{ a { ...F } } fragment F on Query { a { a { a { a { a { ${half} } } } } } }`;
  expect(faultsOf(text)).toEqual([expect.stringContaining('15 levels')]);
});

it('refuses too many questions, however they are spread', () => {
  expect(faultsOf(wide(maxQuestions + 1))).toEqual([expect.stringContaining('50 fields')]);
  const fragments = '...F '.repeat(10);
  const text = `{ ${fragments} } fragment F on Query ${wide(10)}`;
  expect(faultsOf(text)).toEqual([expect.stringContaining('50 fields')]);
});

it('ends with fragments that spread each other', () => {
  const text = '{ ...F } fragment F on Query { a { ...G } } fragment G on Query { a { ...F } }';
  expect(faultsOf(text)).not.toEqual([]);
});
