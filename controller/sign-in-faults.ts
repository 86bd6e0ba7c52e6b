import type { Config } from './config-keys.ts';
import { isLoopbackHost } from './loopback-host.ts';

type SignInConfig = Pick<
  Config,
  | 'oidcIssuer'
  | 'oidcClientId'
  | 'ldapUrl'
  | 'ldapStartTls'
  | 'ldapCaFile'
  | 'ldapBindDn'
  | 'ldapBindPassword'
  | 'ldapBaseDn'
>;

/** @returns what does not fit together in the settings of OpenID provider and directory; empty when all does */
export function faultsOfSignIn(
  config: SignInConfig,
  readFile: (path: string) => string | undefined,
): string[] {
  return [...faultsOfOidc(config), ...faultsOfLdap(config), ...faultsOfCaFile(config, readFile)];
}

function faultsOfOidc({ oidcIssuer, oidcClientId }: SignInConfig): string[] {
  if ((oidcIssuer === undefined) !== (oidcClientId === undefined))
    return ['HOMEROOM_OIDC_ISSUER and HOMEROOM_OIDC_CLIENT_ID must be set both or neither'];
  const issuer = oidcIssuer === undefined ? null : URL.parse(oidcIssuer);
  if (issuer?.protocol !== 'http:' || isLoopbackHost(issuer.hostname)) return [];
  return ['HOMEROOM_OIDC_ISSUER must start with https://: plain http:// is for this machine only'];
}

function faultsOfLdap(config: SignInConfig): string[] {
  const { ldapUrl, ldapBaseDn, ldapBindDn, ldapBindPassword, ldapStartTls } = config;
  const faults: string[] = [];
  if ((ldapUrl === undefined) !== (ldapBaseDn === undefined))
    faults.push('HOMEROOM_LDAP_URL and HOMEROOM_LDAP_BASE_DN must be set both or neither');
  if ((ldapBindDn === undefined) !== (ldapBindPassword === undefined))
    faults.push('HOMEROOM_LDAP_BIND_DN and HOMEROOM_LDAP_BIND_PASSWORD must be set both or neither');
  const url = ldapUrl === undefined ? null : URL.parse(ldapUrl);
  if (url?.protocol === 'ldap:' && ldapStartTls === false && !isLoopbackHost(url.hostname))
    faults.push(
      'HOMEROOM_LDAP_START_TLS must not be false: passwords go unprotected to a directory on this machine only',
    );
  return faults;
}

function faultsOfCaFile(
  { ldapCaFile }: SignInConfig,
  readFile: (path: string) => string | undefined,
): string[] {
  if (ldapCaFile === undefined || readFile(ldapCaFile) !== undefined) return [];
  return [`HOMEROOM_LDAP_CA_FILE is "${ldapCaFile}"; there is no such file that can be read`];
}
