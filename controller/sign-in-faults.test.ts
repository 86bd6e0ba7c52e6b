import { describe, expect, it } from 'vitest';
import { faultsOfSignIn } from './sign-in-faults.ts';

const readFile = (path: string) => (path === '/ca.pem' ? 'PEM' : undefined);
const faults = (config: Parameters<typeof faultsOfSignIn>[0]) => faultsOfSignIn(config, readFile);

const empty = {
  oidcIssuer: undefined,
  oidcClientId: undefined,
  ldapUrl: undefined,
  ldapStartTls: undefined,
  ldapCaFile: undefined,
  ldapBindDn: undefined,
  ldapBindPassword: undefined,
  ldapBaseDn: undefined,
};

describe('faultsOfSignIn', () => {
  it('finds none where nothing is set, and where everything fits', () => {
    expect(faults(empty)).toEqual([]);
    const whole = {
      oidcIssuer: 'https://login.example',
      oidcClientId: 'homeroom',
      ldapUrl: 'ldaps://dc1.example',
      ldapCaFile: '/ca.pem',
      ldapBindDn: 'cn=homeroom',
      ldapBindPassword: 'secret',
      ldapBaseDn: 'dc=example',
    };
    expect(faults({ ...empty, ...whole })).toEqual([]);
  });

  it('tells every half of a pair', () => {
    const halves = {
      oidcIssuer: 'https://login.example',
      ldapUrl: 'ldaps://dc1.example',
      ldapBindDn: 'cn=homeroom',
    };
    expect(faults({ ...empty, ...halves })).toHaveLength(3);
  });

  it('lets passwords and codes go unprotected within this machine alone', () => {
    const oidc = (oidcIssuer: string) => faults({ ...empty, oidcIssuer, oidcClientId: 'homeroom' });
    expect(oidc('http://127.0.0.1:3000')).toEqual([]);
    expect(oidc('http://login.example')).toHaveLength(1);
    const ldap = (ldapUrl: string, ldapStartTls?: boolean) =>
      faults({ ...empty, ldapUrl, ldapStartTls, ldapBaseDn: 'dc=example' });
    expect(ldap('ldap://localhost', false)).toEqual([]);
    expect(ldap('ldap://127.evil.example', false)).toHaveLength(1);
    expect(ldap('ldap://dc1.example')).toEqual([]);
  });

  it('tells a file of authorities that is not there', () => {
    expect(faults({ ...empty, ldapCaFile: '/away.pem' })).toHaveLength(1);
  });
});
