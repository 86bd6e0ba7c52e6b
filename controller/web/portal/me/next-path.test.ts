import { expect, test } from 'vitest';
import { nextPath } from './next-path.ts';

test.each(['/desktop/5f0c-1', '/dashboard', '/dashboard/wall', '/red', '/red/'])(
  '%s is gone on to',
  (path) => {
    expect(nextPath(`?next=${encodeURIComponent(path)}`)).toBe(path);
  },
);

test('no other address is: a link could lead anywhere', () => {
  const searches = [
    '',
    '?next=https://evil.example',
    '?next=//evil.example/desktop/1',
    '?next=/rooms',
    '?next=/redirect',
    '?next=/dashboard.evil.example',
    '?next=/dashboard/../rooms',
    '?next=/dashboard@evil.example',
  ];
  for (const search of searches) expect(nextPath(search)).toBeUndefined();
});
