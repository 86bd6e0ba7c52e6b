import type { Logger } from 'pino';
import { ExternalPeople } from '../accounts/external/external-people.ts';
import { LoggedProvider } from '../accounts/oidc/logged-provider.ts';
import { OidcSignIn } from '../accounts/oidc/oidc-sign-in.ts';
import { OpenIdProvider } from '../accounts/oidc/openid-provider.ts';
import type { Sealer } from '../accounts/second-step/sealer.ts';
import type { Config } from '../config-keys.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';

export type OidcConfig = Pick<
  Config,
  | 'oidcIssuer'
  | 'oidcClientId'
  | 'oidcClientSecret'
  | 'oidcName'
  | 'oidcScopes'
  | 'oidcGroupsClaim'
  | 'oidcRoles'
>;

const defaultScopes = ['profile', 'email'];

/** @returns signing in by an OpenID provider; undefined where none is set. Asks the provider nothing yet. */
export function openOidc(
  config: OidcConfig,
  { db, changes, sealer, logger }: { db: Database; changes: Changes; sealer: Sealer; logger: Logger },
): OidcSignIn | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = config;
  if (issuer === undefined || clientId === undefined) return undefined;
  const scopes = config.oidcScopes ?? defaultScopes;
  const provider = new OpenIdProvider({ issuer, clientId, clientSecret, scopes });
  return new OidcSignIn({
    db,
    provider: new LoggedProvider({ provider, logger: logger.child({ part: 'oidc' }) }),
    people: new ExternalPeople({ db, changes }),
    sealer,
    rules: { groupsClaim: config.oidcGroupsClaim, roles: config.oidcRoles ?? {} },
    name: config.oidcName,
  });
}
