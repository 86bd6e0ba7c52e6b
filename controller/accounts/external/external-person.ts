import type { Role } from '@homeroom/protocol';

/** Somebody whom an OpenID provider or a directory proved: what it says of them at this sign-in. */
export interface ExternalPerson {
  readonly source: 'oidc' | 'ldap';
  /** Names them there for ever, whatever else changes. */
  readonly externalId: string;
  /** What their user name may be made from, the best first; the account keeps the name that it got. */
  readonly usernames: readonly string[];
  /** Empty where it is not told: then the user name is read. */
  readonly displayName: string;
  readonly email: string | null;
  readonly groups: readonly string[];
  readonly role: Role;
}
