import type { Role } from '@homeroom/protocol';
import type { ExternalPerson } from '../external/external-person.ts';
import { roleOfGroups } from '../external/role-of-groups.ts';
import type { Claims } from './identity-provider.ts';

export interface ClaimRules {
  /** The claim with a person's groups. */
  readonly groupsClaim: string;
  readonly roles: Readonly<Record<string, Role>>;
}

/** Make a person of what an OpenID provider says. Pure; what is missing or of another kind is as if it were not told. */
export function personOfClaims(claims: Claims, { groupsClaim, roles }: ClaimRules): ExternalPerson {
  const { sub, preferred_username: preferred, email, name } = claims;
  const groups = textsOf(claimAt(claims, groupsClaim));
  return {
    source: 'oidc',
    externalId: sub,
    usernames: [preferred, email, name].map(textOf),
    displayName: textOf(name) || textOf(preferred),
    email: textOf(email) || null,
    groups,
    role: roleOfGroups(groups, roles),
  };
}

/** A claim may be called like a URL, dots and all: that one goes before one within another. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path
    .split('.')
    .reduce<unknown>((value, name) => (isFields(value) ? value[name] : undefined), claims);
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function textsOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each): each is string => typeof each === 'string' && each !== '');
}
