/** The settings of how people sign in elsewhere: by an OpenID provider, by a directory. */
import { type Role, roles } from '@homeroom/protocol';
import * as v from 'valibot';
import { type ConfigKey, flag, list, text } from './config-key.ts';

const address = (...protocols: string[]) =>
  v.pipe(
    text,
    v.url(),
    v.check((value) => protocols.includes(URL.parse(value)?.protocol ?? '')),
  );

/** A DN may stand for a group, and has commas and equals signs of its own. */
const roleMap = v.pipe(
  v.union([v.record(v.string(), v.string()), v.pipe(text, v.transform(pairsOf))]),
  v.record(v.pipe(v.string(), v.minLength(1)), v.picklist(roles)),
);

const attribute = v.pipe(text, v.regex(/^[A-Za-z][A-Za-z0-9;-]*$/));

/** Part of the controller's schema. */
export const signInConfigEntries = {
  oidcIssuer: v.optional(address('http:', 'https:')),
  oidcClientId: v.optional(text),
  oidcClientSecret: v.optional(text),
  oidcName: v.optional(v.pipe(text, v.maxLength(40)), 'your school account'),
  oidcScopes: v.optional(v.pipe(list, v.array(v.pipe(v.string(), v.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/))))),
  oidcGroupsClaim: v.optional(text, 'groups'),
  oidcRoles: v.optional(roleMap),
  ldapUrl: v.optional(address('ldap:', 'ldaps:')),
  ldapStartTls: v.optional(flag),
  ldapCaFile: v.optional(text),
  ldapBindDn: v.optional(text),
  ldapBindPassword: v.optional(text),
  ldapBaseDn: v.optional(text),
  ldapUserFilter: v.optional(
    v.pipe(
      text,
      v.regex(/^\(.*\)$/),
      v.check((filter) => filter.includes('{username}')),
    ),
    '(uid={username})',
  ),
  ldapIdAttribute: v.optional(attribute, 'entryUUID'),
  ldapUsernameAttribute: v.optional(attribute, 'uid'),
  ldapNameAttribute: v.optional(attribute, 'cn'),
  ldapMailAttribute: v.optional(attribute, 'mail'),
  ldapGroups: v.optional(v.union([attribute, v.pipe(text, v.regex(/^\(.*\)$/))]), 'memberOf'),
  ldapGroupBaseDn: v.optional(text),
  ldapRoles: v.optional(roleMap),
};

const plain = { unit: null, fallback: null, isSecret: false } as const;
const roleMapAllowed = `groups and roles (${roles.join(', ')}) as group=role, separated by semicolons; an object in the file`;

/** What the reference page and a fault say about them. */
export const signInConfigKeys = {
  oidcIssuer: {
    ...plain,
    environment: 'HOMEROOM_OIDC_ISSUER',
    description:
      'OpenID provider that people may sign in with: its issuer, as its `/.well-known/openid-configuration` names it. Plain http:// is for this machine only.',
    example: 'https://login.example.org/realms/school',
    allowed: 'a URL that starts with https://; HOMEROOM_OIDC_CLIENT_ID is needed too',
  },
  oidcClientId: {
    ...plain,
    environment: 'HOMEROOM_OIDC_CLIENT_ID',
    description: 'What Homeroom is called at the OpenID provider.',
    example: 'homeroom',
    allowed: 'a text',
  },
  oidcClientSecret: {
    ...plain,
    environment: 'HOMEROOM_OIDC_CLIENT_SECRET',
    description: 'The secret that the OpenID provider gave for it; a public client has none.',
    example: 'mWk2…',
    allowed: 'a text',
    isSecret: true,
  },
  oidcName: {
    ...plain,
    environment: 'HOMEROOM_OIDC_NAME',
    description: 'What follows “Sign in with” on the button.',
    fallback: 'your school account',
    example: 'Microsoft',
    allowed: 'a text of 40 characters at most',
  },
  oidcScopes: {
    ...plain,
    environment: 'HOMEROOM_OIDC_SCOPES',
    description: 'Scopes to ask for besides `openid`. Without it: `profile` and `email`.',
    example: 'profile,email,groups',
    allowed: 'scopes, separated by commas',
  },
  oidcGroupsClaim: {
    ...plain,
    environment: 'HOMEROOM_OIDC_GROUPS_CLAIM',
    description: 'Claim that lists a person’s groups; dots reach into it.',
    fallback: 'groups',
    example: 'realm_access.roles',
    allowed: 'the name of a claim',
  },
  oidcRoles: {
    ...plain,
    environment: 'HOMEROOM_OIDC_ROLES',
    description:
      'Which role a group of the OpenID provider gives; the highest one counts, and whoever is in none is a student.',
    example: 'staff=teacher;it=admin',
    allowed: roleMapAllowed,
  },
  ldapUrl: {
    ...plain,
    environment: 'HOMEROOM_LDAP_URL',
    description: 'Directory (LDAP, Active Directory) whose passwords are good here, too.',
    example: 'ldaps://dc1.school.example',
    allowed: 'a URL that starts with ldaps:// or ldap://; HOMEROOM_LDAP_BASE_DN is needed too',
  },
  ldapStartTls: {
    ...plain,
    environment: 'HOMEROOM_LDAP_START_TLS',
    description:
      'Whether an ldap:// connection turns to TLS before anything is said. Without it: yes, but to this machine itself.',
    example: 'true',
    allowed: 'true or false; false is for a directory on this machine only',
  },
  ldapCaFile: {
    ...plain,
    environment: 'HOMEROOM_LDAP_CA_FILE',
    description:
      'PEM file of the authority that signed the directory’s certificate, where systems do not know it.',
    example: '/etc/homeroom/school-ca.pem',
    allowed: 'a path',
  },
  ldapBindDn: {
    ...plain,
    environment: 'HOMEROOM_LDAP_BIND_DN',
    description: 'Who looks people up in the directory; without it, nobody in particular.',
    example: 'cn=homeroom,ou=services,dc=school,dc=example',
    allowed: 'a DN (Active Directory also takes user@domain); HOMEROOM_LDAP_BIND_PASSWORD is needed too',
  },
  ldapBindPassword: {
    ...plain,
    environment: 'HOMEROOM_LDAP_BIND_PASSWORD',
    description: 'Its password.',
    example: 'secret',
    allowed: 'a text',
    isSecret: true,
  },
  ldapBaseDn: {
    ...plain,
    environment: 'HOMEROOM_LDAP_BASE_DN',
    description: 'Below what people are looked for.',
    example: 'ou=people,dc=school,dc=example',
    allowed: 'a DN',
  },
  ldapUserFilter: {
    ...plain,
    environment: 'HOMEROOM_LDAP_USER_FILTER',
    description: 'How a person is found by what they typed, which takes the place of `{username}`.',
    fallback: '(uid={username})',
    example: '(&(objectClass=user)(sAMAccountName={username}))',
    allowed: 'an LDAP filter with {username} in it',
  },
  ldapIdAttribute: {
    ...plain,
    environment: 'HOMEROOM_LDAP_ID_ATTRIBUTE',
    description: 'Attribute that names a person for ever, whatever else changes.',
    fallback: 'entryUUID',
    example: 'objectGUID',
    allowed: 'the name of an attribute',
  },
  ldapUsernameAttribute: {
    ...plain,
    environment: 'HOMEROOM_LDAP_USERNAME_ATTRIBUTE',
    description: 'Attribute that the account’s user name is made from.',
    fallback: 'uid',
    example: 'sAMAccountName',
    allowed: 'the name of an attribute',
  },
  ldapNameAttribute: {
    ...plain,
    environment: 'HOMEROOM_LDAP_NAME_ATTRIBUTE',
    description: 'Attribute with the name that others read.',
    fallback: 'cn',
    example: 'displayName',
    allowed: 'the name of an attribute',
  },
  ldapMailAttribute: {
    ...plain,
    environment: 'HOMEROOM_LDAP_MAIL_ATTRIBUTE',
    description: 'Attribute with the e-mail address.',
    fallback: 'mail',
    example: 'userPrincipalName',
    allowed: 'the name of an attribute',
  },
  ldapGroups: {
    ...plain,
    environment: 'HOMEROOM_LDAP_GROUPS',
    description:
      'Where a person’s groups stand: an attribute of the person with DNs, or a filter that finds the groups; in it `{dn}` and `{username}` stand for the person.',
    fallback: 'memberOf',
    example: '(&(objectClass=posixGroup)(memberUid={username}))',
    allowed: 'the name of an attribute or an LDAP filter',
  },
  ldapGroupBaseDn: {
    ...plain,
    environment: 'HOMEROOM_LDAP_GROUP_BASE_DN',
    description: 'Below what that filter looks for groups. Without it: where people are looked for.',
    example: 'ou=groups,dc=school,dc=example',
    allowed: 'a DN',
  },
  ldapRoles: {
    ...plain,
    environment: 'HOMEROOM_LDAP_ROLES',
    description:
      'Which role a group of the directory gives; a group is named by its DN, or by its name alone. The highest role counts, and whoever is in none is a student.',
    example: 'cn=staff,ou=groups,dc=school,dc=example=teacher',
    allowed: roleMapAllowed,
  },
} as const satisfies Record<keyof typeof signInConfigEntries, ConfigKey>;

/** Which groups give which role. */
export type RoleMap = Readonly<Record<string, Role>>;

/** What follows the last equals sign is the role; a pair without one has none, which the schema refuses. */
function pairsOf(value: string): Record<string, string> {
  const pairs = value.split(';').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      return [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()];
    }),
  );
}
