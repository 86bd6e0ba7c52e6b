import { errors } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { isForTests, readSourceFiles } from './source-files.ts';

it('throws or answers with every code of the catalogue somewhere', () => {
  const code = readSourceFiles()
    .filter(({ path }) => !isForTests(path) && !path.startsWith('protocol/errors/'))
    .map(({ text }) => text)
    .join('\n');
  expect(Object.keys(errors).filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});
