import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config-keys.ts';
import { ensureFirstTemplates } from '../desktops/first-templates.ts';
import { loadOrCreateBrokerPassword } from '../fleet/broker-passwords.ts';
import { type Certificates, loadOrCreateCertificates } from '../fleet/certificates.ts';
import { ensureAdminToken } from './admin-token.ts';
import { type OpenPeople, openPeople, type PeopleConfig } from './open-people.ts';
import type { Store } from './open-store.ts';

const lockSql = `select pg_advisory_xact_lock(hashtextextended('homeroom first start', 0))`;

export interface PrepareOptions {
  readonly store: Store;
  readonly config: PeopleConfig & Pick<Config, 'firstPassword' | 'roles'>;
  /** The controller's own folder. */
  readonly ownDir: string;
  readonly logger: Logger;
}

export interface Prepared {
  readonly certificates: Certificates;
  readonly people: OpenPeople;
  /** The accounts that were made now, with their passwords. */
  readonly made: { username: string; password: string }[];
}

/**
 * Read what every start needs, and make what the first one makes: certificates, passwords and keys in the folder,
 * accounts and templates in the database. Processes that start together take turns, so that one of them makes it.
 *
 * @throws database_unavailable
 */
export function prepare(options: PrepareOptions): Promise<Prepared> {
  const { store, config, ownDir, logger } = options;
  return store.db.transaction(async (tx) => {
    await tx.query(lockSql);
    const certificates = await loadOrCreateCertificates(join(ownDir, 'tls'));
    await loadOrCreateBrokerPassword(ownDir, 'observer-password');
    await loadOrCreateBrokerPassword(ownDir, 'broker-password');
    const people = await openPeople({ store, ownDir, config, logger });
    const { accounts, users } = people;
    const made = await accounts.ensureFirstAccounts(config.firstPassword);
    await ensureFirstTemplates(store);
    const path = join(ownDir, 'admin-token');
    if (config.roles.includes('api')) await ensureAdminToken({ path, accounts, users, logger });
    return { certificates, people, made };
  });
}
