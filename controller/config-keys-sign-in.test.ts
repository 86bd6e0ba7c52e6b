import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const load = (environment: Record<string, string>, file = '{}') =>
  loadConfig({ environment: { HOMEROOM_CONFIG: '/config.json', ...environment }, readFile: () => file });

describe('the settings of signing in', () => {
  it('read roles as group=role, the group with equals signs of its own', () => {
    const text = 'staff=teacher; cn=it,ou=groups,dc=school,dc=example = admin ;';
    expect(load({ HOMEROOM_LDAP_ROLES: text }).ldapRoles).toEqual({
      staff: 'teacher',
      'cn=it,ou=groups,dc=school,dc=example': 'admin',
    });
  });

  it('read roles as an object in the file', () => {
    expect(load({}, '{"oidcRoles": {"staff": "teacher"}}').oidcRoles).toEqual({ staff: 'teacher' });
  });

  it('refuse a role that there is not, and a group without one', () => {
    for (const text of ['staff=headmaster', 'staff', '=admin'])
      expect(() => load({ HOMEROOM_OIDC_ROLES: text })).toThrow('HOMEROOM_OIDC_ROLES');
  });

  it('refuse a filter that leaves out who is looked for', () => {
    expect(() => load({ HOMEROOM_LDAP_USER_FILTER: '(uid=*)' })).toThrow('HOMEROOM_LDAP_USER_FILTER');
  });

  it('never show a secret that is wrong', () => {
    expect(() => load({}, '{"oidcClientSecret": {"is": "hidden"}}')).toThrow(/a value that is not shown/);
  });
});
