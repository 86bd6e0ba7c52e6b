import { expect, test } from 'vitest';
import { missingWords } from './controller-words.ts';

test('a role that nobody carries is told with what does not happen', () => {
  expect(missingWords(['pool-manager'])).toContain('the role pool-manager (pools are not filled).');
  expect(missingWords(['mqtt', 'operator'])).toContain('the roles mqtt (devices are not heard), operator.');
});
