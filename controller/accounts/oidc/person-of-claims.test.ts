import { describe, expect, it } from 'vitest';
import { personOfClaims } from './person-of-claims.ts';

const rules = { groupsClaim: 'groups', roles: { staff: 'teacher' } } as const;

describe('personOfClaims', () => {
  it('takes over what the provider says', () => {
    const claims = {
      sub: '42',
      preferred_username: 'ana',
      email: 'ana@school.example',
      name: 'Ana Maria',
      groups: ['7b', 'staff'],
    };
    expect(personOfClaims(claims, rules)).toEqual({
      source: 'oidc',
      externalId: '42',
      usernames: ['ana', 'ana@school.example', 'Ana Maria'],
      displayName: 'Ana Maria',
      email: 'ana@school.example',
      groups: ['7b', 'staff'],
      role: 'teacher',
    });
  });

  it('makes a student without groups of whom nothing is told', () => {
    expect(personOfClaims({ sub: '42', name: 7, groups: { staff: true } }, rules)).toEqual({
      source: 'oidc',
      externalId: '42',
      usernames: ['', '', ''],
      displayName: '',
      email: null,
      groups: [],
      role: 'student',
    });
  });

  it('finds groups within another claim, and under a name with dots', () => {
    const roles = { teachers: 'teacher' } as const;
    const nested = { sub: '1', realm_access: { roles: ['teachers', 5] } };
    expect(personOfClaims(nested, { groupsClaim: 'realm_access.roles', roles }).groups).toEqual(['teachers']);
    const dotted = { sub: '1', 'https://school.example/groups': 'teachers' };
    expect(personOfClaims(dotted, { groupsClaim: 'https://school.example/groups', roles }).role).toBe(
      'teacher',
    );
  });
});
