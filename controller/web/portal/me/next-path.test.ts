import { expect, test } from 'vitest';
import { nextPath } from './next-path.ts';

test('a desktop’s address is gone on to', () => {
  expect(nextPath('?next=/desktop/5f0c-1')).toBe('/desktop/5f0c-1');
});

test('no other address is: a link could lead anywhere', () => {
  for (const search of ['', '?next=https://evil.example', '?next=//evil.example/desktop/1', '?next=/rooms'])
    expect(nextPath(search)).toBeUndefined();
});
