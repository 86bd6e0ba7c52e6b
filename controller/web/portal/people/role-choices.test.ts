import { expect, test } from 'vitest';
import { roleChoices, roleOf } from './role-choices.ts';

test('a chosen role is taken, and nothing else makes an admin', () => {
  expect(roleChoices.map(({ role }) => roleOf(role))).toEqual(['student', 'teacher', 'admin']);
  expect(['', 'root', 'Admin', null].map(roleOf)).toEqual(Array(4).fill('student'));
});
