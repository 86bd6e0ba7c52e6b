import { HomeroomError, type TemplateGroups as Told } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { isUuid } from '../store/uuid.ts';

const lockSql = 'select id from templates where id = $1 and withdrawn_at is null for update';

const listSql = 'select group_id from template_groups where template_id = $1 order by created_at, group_id';

const countSql = 'select count(*) as count from groups where id = any($1::uuid[])';

const setSql = `
with gone as (
  delete from template_groups where template_id = $1 and not (group_id = any($2::uuid[]))
)
insert into template_groups (template_id, group_id) select $1, unnest($2::uuid[]) on conflict do nothing`;

const isOpenSql = 'select may_use_template($1, $2) as open';

/**
 * Whom a template is for: everybody, or the members of certain groups. Teachers and admins may use any. The rule itself
 * is the SQL function `may_use_template`, which the claim and the list of templates ask too.
 */
export class TemplateGroups {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns the groups that a template is for; empty when it is everybody's, or is not there. */
  async of(template: string): Promise<string[]> {
    const rows = await this.#db.query<{ group_id: string }>(listSql, [template]);
    return rows.map(({ group_id: id }) => id);
  }

  /** @returns whether a person may have a desktop of a template. */
  async mayUse(userId: string, template: string): Promise<boolean> {
    const [row] = await this.#db.query<{ open: boolean }>(isOpenSql, [userId, template]);
    return row?.open ?? false;
  }

  /**
   * Say whom a template is for; live sessions of others go on.
   *
   * @param groups nobody named is everybody
   * @throws template_unknown, not_found when there is no such group
   */
  async set(template: string, groups: readonly string[], actor: Actor): Promise<Told> {
    const wanted = [...new Set(groups)];
    await this.#db.transaction(async (tx) => {
      if ((await tx.query(lockSql, [template])).length === 0) throw new HomeroomError('template_unknown');
      const known = wanted.every(isUuid) ? await tx.query<{ count: number }>(countSql, [wanted]) : [];
      if (known[0]?.count !== wanted.length) throw new HomeroomError('not_found', 'there is no such group');
      await tx.query(setSql, [template, wanted]);
      const { userId: id, username, address } = actor;
      const details = { groups: wanted };
      await record(tx, {
        actor: { id, username },
        action: 'template.groups',
        subject: template,
        details,
        address,
      });
    });
    this.#changes.announce({ kind: 'template', id: template });
    return { groups: await this.of(template) };
  }
}
