import {
  type ProviderLimit,
  type ProviderName,
  providerNames,
  type SetProviderLimitRequest,
} from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { beginningStates } from './desktop-states.ts';
import { providerRules } from './provider-rules.ts';

const setSql = `select provider, storage, at_once as "atOnce" from provider_limits order by provider, storage`;

const busySql = `
select d.provider, t.storage, count(*) as busy from desktops d join templates t on t.id = d.template_id
where d.state in (${beginningStates.map((state) => `'${state}'`).join(', ')}) group by 1, 2`;

const upsertSql = `
insert into provider_limits (provider, storage, at_once) values ($1, $2, $3)
on conflict (provider, storage) do update set at_once = excluded.at_once`;

const removeSql = 'delete from provider_limits where provider = $1 and storage = $2';

interface SetLimit {
  readonly provider: string;
  readonly storage: string;
  readonly atOnce: number;
}

interface Busy {
  readonly provider: string;
  readonly storage: string;
  readonly busy: number;
}

/** How many desktops each provider, and each storage, may have on their way at once. */
export class ProviderLimits {
  readonly #db: Database;
  readonly #changes: Changes;

  constructor({ db, changes }: { db: Database; changes: Changes }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns a row for each provider, and one for each storage with a limit of its own. */
  async list(): Promise<ProviderLimit[]> {
    const set = await this.#db.query<SetLimit>(setSql);
    const busy = await this.#db.query<Busy>(busySql);
    return providerNames.flatMap((provider) => limitsOf(provider, set, busy));
  }

  /**
   * Set a limit, or return to the default.
   *
   * @returns the provider's limits afterwards
   */
  async set(
    provider: ProviderName,
    { storage, atOnce }: SetProviderLimitRequest,
    { userId: id, username, address }: Actor,
  ): Promise<ProviderLimit[]> {
    await this.#db.transaction(async (tx) => {
      if (atOnce === null) await tx.query(removeSql, [provider, storage]);
      else await tx.query(upsertSql, [provider, storage, atOnce]);
      const after = { storage, atOnce };
      await record(tx, {
        actor: { id, username },
        action: 'provider.limit',
        subject: provider,
        after,
        address,
      });
    });
    // Pools of this provider may have waited for it; which of them is seen when they are counted.
    this.#changes.announce({ kind: 'pool', id: provider });
    return (await this.list()).filter((limit) => limit.provider === provider);
  }
}

function limitsOf(provider: ProviderName, set: readonly SetLimit[], busy: readonly Busy[]): ProviderLimit[] {
  const own = set.filter((limit) => limit.provider === provider);
  const whole = own.find(({ storage }) => storage === '');
  const busyAt = (storage: string) =>
    busy
      .filter((each) => each.provider === provider && (storage === '' || each.storage === storage))
      .reduce((sum, each) => sum + each.busy, 0);
  const ofStorages = own
    .filter(({ storage }) => storage !== '')
    .map(({ storage, atOnce }) => ({ provider, storage, atOnce, isDefault: false, busy: busyAt(storage) }));
  const atOnce = whole?.atOnce ?? providerRules[provider].atOnce;
  return [{ provider, storage: '', atOnce, isDefault: whole === undefined, busy: busyAt('') }, ...ofStorages];
}
