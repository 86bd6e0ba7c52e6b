import { expect, it } from 'vitest';
import { groupNames } from './external-groups.ts';

it('leaves out what is no name, and what comes twice', () => {
  const told = [' 7b ', '7b', '', '  ', 'a\u0000b', 'line\nbreak', 'x'.repeat(101), 'Choir'];
  expect(groupNames(told)).toEqual(['7b', 'Choir']);
});

it('names two hundred at most, always in one order', () => {
  const many = Array.from({ length: 300 }, (_, at) => `g${String(at).padStart(3, '0')}`);
  const names = groupNames(many);
  expect(names).toHaveLength(200);
  expect(names).toEqual(names.toSorted());
});
