import { expect, it } from 'vitest';
import { findCycle } from './find-cycle.ts';
import { importsOf } from './imports.ts';
import { readSourceFiles } from './source-files.ts';

it('finds a cycle, and none where there is none', () => {
  const line = new Map([
    ['a', ['b', 'c']],
    ['b', ['c']],
    ['c', []],
  ]);
  expect(findCycle(line)).toBeUndefined();
  expect(findCycle(new Map([...line, ['c', ['b']]]))).toEqual(['b', 'c', 'b']);
});

it('has no two files that import each other, in however many steps', () => {
  const edges = readSourceFiles().map((file): [string, string[]] => [
    file.path,
    importsOf(file).flatMap((one) => one.file ?? []),
  ]);
  expect(findCycle(new Map(edges))).toBeUndefined();
});
