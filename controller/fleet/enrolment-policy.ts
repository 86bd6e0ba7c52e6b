import type { EnrolmentPolicy } from '@homeroom/protocol';
import * as v from 'valibot';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Database } from '../store/database.ts';

const key = 'enrolment';
const stored = v.object({
  policy: v.picklist(['token', 'open', 'approve']),
  openUntil: v.nullable(v.string()),
});
const byToken: EnrolmentPolicy = { policy: 'token', openUntil: null };

/** Who may enrol without a join token; one setting of the whole installation. */
export class EnrolmentPolicies {
  readonly #db: Database;
  readonly #now: () => Date;

  constructor({ db, now = () => new Date() }: { db: Database; now?: () => Date }) {
    this.#db = db;
    this.#now = now;
  }

  /** @returns what holds now: an open window that has closed is `token` again @throws database_unavailable */
  async get(): Promise<EnrolmentPolicy> {
    const [row] = await this.#db.query<{ value: unknown }>('select value from settings where key = $1', [
      key,
    ]);
    const parsed = v.safeParse(stored, row?.value);
    if (!parsed.success) return byToken;
    const { policy, openUntil } = parsed.output;
    if (policy !== 'open') return { policy, openUntil: null };
    return openUntil !== null && new Date(openUntil) > this.#now() ? { policy, openUntil } : byToken;
  }

  /** @param minutes how long `open` holds; of no meaning for the others @throws database_unavailable */
  async set(policy: EnrolmentPolicy['policy'], minutes: number, actor: Actor): Promise<EnrolmentPolicy> {
    const openUntil =
      policy === 'open' ? new Date(this.#now().getTime() + minutes * 60_000).toISOString() : null;
    const value: EnrolmentPolicy = { policy, openUntil };
    const before = await this.get();
    await this.#db.transaction(async (tx) => {
      const sql = `insert into settings (key, value) values ($1, $2)
        on conflict (key) do update set value = excluded.value`;
      await tx.query(sql, [key, JSON.stringify(value)]);
      const { userId, username, address } = actor;
      const who = { id: userId, username };
      const changed = { before: { ...before }, after: { ...value } };
      await record(tx, { actor: who, action: 'enrolment.policy', ...changed, address });
    });
    return value;
  }
}
