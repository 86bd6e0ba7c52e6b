import type { Role, SecondStepRules as Rules } from '@homeroom/protocol';
import type { Actor } from '../../store/actor.ts';
import { record } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';

/** In `settings`; an array of roles. */
export const secondStepSetting = 'second-step-roles';

const readSql = `select value from settings where key = '${secondStepSetting}'`;

const writeSql = `
insert into settings (key, value) values ('${secondStepSetting}', $1)
on conflict (key) do update set value = excluded.value`;

/** Which roles must have a second step: who has none yet sets it up at the next sign-in. */
export class SecondStepRules {
  readonly #db: Database;

  constructor({ db }: { db: Database }) {
    this.#db = db;
  }

  /** @returns the roles; none until an admin names one. */
  async get(): Promise<Rules> {
    const [row] = await this.#db.query<{ value: Role[] }>(readSql);
    return { roles: (row?.value ?? []).filter((role) => role !== 'student') as Rules['roles'] };
  }

  /** Sign-ins that hold go on as they are. */
  async set({ roles }: Rules, actor: Actor): Promise<Rules> {
    const wanted = [...new Set(roles)].toSorted();
    await this.#db.transaction(async (tx) => {
      await tx.query(writeSql, [JSON.stringify(wanted)]);
      const { userId: id, username, address } = actor;
      const details = { roles: wanted };
      await record(tx, { actor: { id, username }, action: 'second-step.rules', details, address });
    });
    return { roles: wanted };
  }
}
