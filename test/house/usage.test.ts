import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { upOptionTypes } from '@homeroom/controller/cli/up/options.ts';
import { configKeys } from '@homeroom/controller/config-keys.ts';
import { expect, it } from 'vitest';
import { root } from './source-files.ts';

const usage = readFileSync(join(root, 'controller/cli/up/usage.txt'), 'utf8');

it('tells every option of `homeroom up`, and none that there is not', () => {
  const told = [...usage.matchAll(/^ {2}--([a-z-]+)/gm)].map((match) => match[1]);
  expect(told.sort()).toEqual(Object.keys(upOptionTypes).sort());
});

it('names only settings that there are', () => {
  const told = [...usage.matchAll(/^ {2}(HOMEROOM_[A-Z_]+)/gm)].map((match) => match[1]);
  const known: string[] = Object.values(configKeys).map(({ environment }) => environment);
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((name) => name !== undefined && !known.includes(name))).toEqual([]);
});

it('fits a terminal of 120 columns', () => {
  expect(usage.split('\n').filter((line) => line.length > 120)).toEqual([]);
});
