import { join } from 'node:path';
import type { Logger } from 'pino';
import { Accounts } from '../accounts/accounts.ts';
import { Groups } from '../accounts/groups.ts';
import { Guests } from '../accounts/guests.ts';
import { PeopleImport } from '../accounts/import/import-people.ts';
import { LocalAuthenticator } from '../accounts/local-authenticator.ts';
import type { OidcSignIn } from '../accounts/oidc/oidc-sign-in.ts';
import { createSealKey, Sealer } from '../accounts/second-step/sealer.ts';
import { SecondStepCodes } from '../accounts/second-step/second-step-codes.ts';
import { SecondStepRules } from '../accounts/second-step/second-step-rules.ts';
import { SecondSteps } from '../accounts/second-step/second-steps.ts';
import { TemplateGroups } from '../accounts/template-groups.ts';
import { ApiTokens } from '../accounts/tokens/api-tokens.ts';
import { Users } from '../accounts/users.ts';
import type { Config } from '../config-keys.ts';
import { SeatGuests } from '../fleet/seat-guests.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { type DirectoryConfig, openAuthenticators } from './open-directory.ts';
import { type OidcConfig, openOidc } from './open-oidc.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

/** Everything about people that HTTP asks for. */
export interface OpenPeople {
  readonly accounts: Accounts;
  readonly oidc: OidcSignIn | undefined;
  readonly users: Users;
  readonly groups: Groups;
  readonly templateGroups: TemplateGroups;
  readonly guests: Guests;
  readonly seatGuests: SeatGuests;
  readonly tokens: ApiTokens;
  readonly peopleImport: PeopleImport;
  readonly secondStepCodes: SecondStepCodes;
  readonly secondStepRules: SecondStepRules;
}

export type PeopleConfig = OidcConfig & DirectoryConfig & Pick<Config, 'secretKeyFile'>;

export interface PeopleOptions {
  readonly store: { readonly db: Database; readonly changes: Changes };
  /** The controller's own folder; the key is its file `secret-key` unless the settings name another. */
  readonly ownDir: string;
  readonly config: PeopleConfig;
  readonly logger: Logger;
}

/**
 * Open the room of accounts. The key that seals secrets stands beside the database, not in it: who gets hold of the one
 * alone reads nothing. Both belong into a backup.
 */
export async function openPeople({ store, ownDir, config, logger }: PeopleOptions): Promise<OpenPeople> {
  const { db } = store;
  const sealer = new Sealer(await loadOrCreateKey(config.secretKeyFile ?? join(ownDir, 'secret-key')));
  const secondStepCodes = new SecondStepCodes({ ...store, sealer });
  const secondSteps = new SecondSteps({ db, codes: secondStepCodes });
  const elsewhere = await openAuthenticators(config, { ...store, logger });
  // People of our own win by name, and come in while the directory is away.
  const authenticators = [new LocalAuthenticator({ db }), ...elsewhere];
  return {
    accounts: new Accounts({ ...store, secondSteps, authenticators }),
    oidc: openOidc(config, { ...store, sealer, logger }),
    users: new Users(store),
    groups: new Groups(store),
    templateGroups: new TemplateGroups(store),
    guests: new Guests(store),
    seatGuests: new SeatGuests(store),
    tokens: new ApiTokens(store),
    peopleImport: new PeopleImport(store),
    secondStepCodes,
    secondStepRules: new SecondStepRules({ db }),
  };
}

async function loadOrCreateKey(path: string): Promise<string> {
  const kept = await readSecretFile(path);
  if (kept !== undefined) return kept;
  const key = createSealKey();
  await writeSecretFile(path, key);
  return key;
}
