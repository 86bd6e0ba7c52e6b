import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { ExternalPeople } from '../accounts/external/external-people.ts';
import type { Directory } from '../accounts/ldap/directory.ts';
import { LdapAuthenticator } from '../accounts/ldap/ldap-authenticator.ts';
import { LdapDirectory } from '../accounts/ldap/ldap-directory.ts';
import type { Config } from '../config-keys.ts';
import { isLoopbackHost } from '../loopback-host.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';

export type DirectoryConfig = Pick<
  Config,
  | 'ldapUrl'
  | 'ldapStartTls'
  | 'ldapCaFile'
  | 'ldapBindDn'
  | 'ldapBindPassword'
  | 'ldapBaseDn'
  | 'ldapUserFilter'
  | 'ldapIdAttribute'
  | 'ldapUsernameAttribute'
  | 'ldapNameAttribute'
  | 'ldapMailAttribute'
  | 'ldapGroups'
  | 'ldapGroupBaseDn'
  | 'ldapRoles'
>;

/** @returns the directory of the settings, to be asked or looked after; undefined where none is set */
export async function openDirectory(config: DirectoryConfig, logger: Logger): Promise<Directory | undefined> {
  const { ldapUrl: url, ldapBaseDn: baseDn, ldapCaFile, ldapBindDn, ldapBindPassword } = config;
  if (url === undefined || baseDn === undefined) return undefined;
  const hasBind = ldapBindDn !== undefined && ldapBindPassword !== undefined;
  return new LdapDirectory({
    url,
    hasStartTls: config.ldapStartTls ?? !isLoopbackHost(URL.parse(url)?.hostname ?? ''),
    ca: ldapCaFile === undefined ? undefined : await readFile(ldapCaFile, 'utf8'),
    bind: hasBind ? { dn: ldapBindDn, password: ldapBindPassword } : undefined,
    baseDn,
    userFilter: config.ldapUserFilter,
    attributes: {
      id: config.ldapIdAttribute,
      username: config.ldapUsernameAttribute,
      displayName: config.ldapNameAttribute,
      mail: config.ldapMailAttribute,
    },
    groups: config.ldapGroups,
    groupBaseDn: config.ldapGroupBaseDn ?? baseDn,
    logger: logger.child({ part: 'directory' }),
  });
}

/** @returns who asks the directory at sign-in, after our own table; nobody where none is set */
export async function openAuthenticators(
  config: DirectoryConfig,
  { db, changes, logger }: { db: Database; changes: Changes; logger: Logger },
): Promise<LdapAuthenticator[]> {
  const directory = await openDirectory(config, logger);
  if (!directory) return [];
  const people = new ExternalPeople({ db, changes });
  return [new LdapAuthenticator({ directory, people, roles: config.ldapRoles ?? {} })];
}
