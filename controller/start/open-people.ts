import { join } from 'node:path';
import { Accounts } from '../accounts/accounts.ts';
import { Groups } from '../accounts/groups.ts';
import { Guests } from '../accounts/guests.ts';
import { PeopleImport } from '../accounts/import/import-people.ts';
import { createSealKey, Sealer } from '../accounts/second-step/sealer.ts';
import { SecondStepCodes } from '../accounts/second-step/second-step-codes.ts';
import { SecondStepRules } from '../accounts/second-step/second-step-rules.ts';
import { SecondSteps } from '../accounts/second-step/second-steps.ts';
import { TemplateGroups } from '../accounts/template-groups.ts';
import { ApiTokens } from '../accounts/tokens/api-tokens.ts';
import { Users } from '../accounts/users.ts';
import { SeatGuests } from '../fleet/seat-guests.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

/** Everything about people that HTTP asks for. */
export interface OpenPeople {
  readonly accounts: Accounts;
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

/**
 * Open the room of accounts. The key that seals secrets stands beside the database, not in it: who gets hold of the one
 * alone reads nothing. Both belong into a backup.
 *
 * @param keyFile absolute; when absent it is the file `secret-key` in the controller's own folder
 */
export async function openPeople(
  store: { db: Database; changes: Changes },
  ownDir: string,
  keyFile: string | undefined,
): Promise<OpenPeople> {
  const { db } = store;
  const sealer = new Sealer(await loadOrCreateKey(keyFile ?? join(ownDir, 'secret-key')));
  const secondStepCodes = new SecondStepCodes({ ...store, sealer });
  const secondSteps = new SecondSteps({ db, codes: secondStepCodes });
  return {
    accounts: new Accounts({ ...store, secondSteps }),
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
