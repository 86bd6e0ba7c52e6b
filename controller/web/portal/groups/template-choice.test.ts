import { expect, it } from 'vitest';
import { groupsAfter, whoseWords } from './template-choice.ts';

const groups = [
  { id: 'a', name: '7a', templates: ['cad'] },
  { id: 'b', name: '7b', templates: ['cad', 'music'] },
  { id: 'c', name: '7c', templates: [] },
];

it('adds a group to those that a template is for, and takes it out, and leaves the others', () => {
  expect(groupsAfter(groups, 'cad', 'c', true)).toEqual(['a', 'b', 'c']);
  expect(groupsAfter(groups, 'cad', 'b', true)).toEqual(['a', 'b']);
  expect(groupsAfter(groups, 'cad', 'b', false)).toEqual(['a']);
  expect(groupsAfter(groups, 'music', 'b', false)).toEqual([]);
});

it('says whose a template is', () => {
  expect(whoseWords(groups, 'cad')).toBe('for 7a, 7b');
  expect(whoseWords(groups, 'desktop')).toBe('everybody’s');
});
