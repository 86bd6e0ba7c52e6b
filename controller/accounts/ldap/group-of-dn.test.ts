import { expect, it } from 'vitest';
import { groupKeys, groupOfDn, roleKeys } from './group-of-dn.ts';

it('calls a group by the first part of its DN', () => {
  expect(groupOfDn('CN=Class 7b,OU=Groups,DC=school,DC=example').name).toBe('Class 7b');
  expect(groupOfDn('cn=Choir\\, small\\+loud,dc=example').name).toBe('Choir, small+loud');
  expect(groupOfDn('cn=Z\\C3\\BCrich,dc=example').name).toBe('Zürich');
  expect(groupOfDn('no dn').name).toBe('no dn');
});

it('finds a group of the settings however its DN is written', () => {
  const roles = roleKeys({ 'CN=Staff, OU=Groups, DC=example': 'teacher', IT: 'admin' });
  const keys = groupKeys([groupOfDn('cn=staff,ou=groups,dc=example'), groupOfDn('cn=it,dc=example')]);
  expect(keys.map((key) => roles[key])).toEqual(['teacher', undefined, undefined, 'admin']);
});
