import { describe, expect, it } from 'vitest';
import { roleOfGroups } from './role-of-groups.ts';

const roles = { staff: 'teacher', it: 'admin', '7b': 'student' } as const;

describe('roleOfGroups', () => {
  it('makes a student of whoever is in no group that gives a role', () => {
    expect(roleOfGroups([], roles)).toBe('student');
    expect(roleOfGroups(['chess', 'Staff', 'admin'], roles)).toBe('student');
  });

  it('gives the highest role, in whatever order the groups come', () => {
    expect(roleOfGroups(['it', 'staff', '7b'], roles)).toBe('admin');
    expect(roleOfGroups(['7b', 'staff'], roles)).toBe('teacher');
  });

  it('gives nothing for the names that every object has', () => {
    expect(roleOfGroups(['constructor', '__proto__', 'toString'], roles)).toBe('student');
  });
});
