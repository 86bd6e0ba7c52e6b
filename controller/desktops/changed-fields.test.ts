import { expect, it } from 'vitest';
import { changedFields } from './changed-fields.ts';

it('tells what differs, as it was and as it becomes', () => {
  const current = { name: 'Desktop', settings: { width: 800 }, kind: null };
  const patch = { name: 'Desktop', settings: { width: 1024 }, kind: 'xfce', icon: undefined };
  expect(changedFields(current, patch)).toEqual({
    before: { settings: { width: 800 }, kind: null },
    after: { settings: { width: 1024 }, kind: 'xfce' },
  });
});

it('tells nothing when all is as it was', () => {
  expect(changedFields({ settings: { a: [1] } }, { settings: { a: [1] } })).toEqual({
    before: {},
    after: {},
  });
});
