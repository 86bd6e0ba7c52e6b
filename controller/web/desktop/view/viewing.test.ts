import { expect, test } from 'vitest';
import { viewingOf } from './viewing.ts';

test.each([
  ['/desktop/s-1', '', { kind: 'own', session: 's-1' }],
  ['/desktop/s-1', '?view=watch', { kind: 'watch', session: 's-1' }],
  ['/desktop/s-1', '?view=control', { kind: 'control', session: 's-1' }],
  ['/desktop/s-1', '?view=everything', { kind: 'own', session: 's-1' }],
  ['/broadcast/b-1', '', { kind: 'broadcast', broadcast: 'b-1' }],
])('%s%s is opened as it says', (pathname, search, viewing) => {
  expect(viewingOf({ pathname, search })).toEqual(viewing);
});
