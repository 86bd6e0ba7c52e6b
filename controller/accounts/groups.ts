import { type Group, HomeroomError, type ListedUser } from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { type AuditRecord, record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';
import { type ListedUserRow, listedUserColumns, toListedUser } from './listed-user.ts';

interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly source: Group['source'];
  readonly members: number;
  readonly templates: string[];
  readonly created_at: Date;
}

/** What is written down of a change. */
type Told = Pick<AuditRecord, 'details' | 'before' | 'after'>;

const selectSql = `
select g.id, g.name, g.source, g.created_at,
  (select count(*) from group_members m where m.group_id = g.id) as members,
  array(select t.template_id from template_groups t where t.group_id = g.id order by t.template_id) as templates
from groups g`;

const membersSql = `
select ${listedUserColumns} from users
where id in (select user_id from group_members where group_id = $1)`;

const lockSql = 'select name, source from groups where id = $1 for update';

const addSql = `
insert into group_members (group_id, user_id) select $1, u.id from users u where u.id = any($2::uuid[])
on conflict do nothing returning user_id`;

const removeOthersSql = `
delete from group_members where group_id = $1 and not (user_id = any($2::uuid[])) returning user_id`;

const removeSql = 'delete from group_members where group_id = $1 and user_id = $2 returning user_id';

const openLessonSql = `
select name from lessons
where group_id = $1 and ends_at > now() and cancelled_at is null
union all
select name from lesson_series where group_id = $1 and last_day >= current_date limit 1`;

const countUsersSql = 'select count(*) as count from users where id = any($1::uuid[])';

/** Groups of people, and who belongs to them. */
export class Groups {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns a page of the groups, empty when there is none. */
  page(page: PageRequest): Promise<Page<Group>> {
    return readPage<GroupRow, Group>(this.#db, { sql: selectSql, page, toItem: toGroup });
  }

  /** @returns undefined when there is no such group. */
  async get(id: string): Promise<Group | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<GroupRow>(`${selectSql} where g.id = $1`, [id]);
    return row && toGroup(row);
  }

  /** @throws conflict when the name is taken */
  async create(name: string, actor: Actor): Promise<Group> {
    const sql = `insert into groups (name) values ($1) returning id`;
    return await this.#write('group.create', actor, async (tx) => {
      const [row] = await tx.query<{ id: string }>(sql, [name]);
      return { id: row?.id ?? '', after: { name } };
    });
  }

  /** @throws not_found, conflict when the name is taken */
  async rename(id: string, name: string, actor: Actor): Promise<Group> {
    return await this.#write('group.rename', actor, async (tx) => {
      const before = await lock(tx, id);
      await tx.query('update groups set name = $2 where id = $1', [id, name]);
      return { id, before: { name: before.name }, after: { name } };
    });
  }

  /**
   * Remove a group; its members stay, its templates are everybody's when they were for no other.
   *
   * @throws not_found; conflict while it has lessons that are not over, for an exam's rules would end with it
   */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const [lesson] = await tx.query<{ name: string }>(openLessonSql, [id]);
      if (lesson) throw new HomeroomError('conflict', `remove its lessons first, as “${lesson.name}”`);
      const [row] = await tx.query<{ name: string }>('delete from groups where id = $1 returning name', [id]);
      if (!row) throw new HomeroomError('not_found');
      await recordChange(tx, { action: 'group.remove', subject: id, actor, before: row });
    });
    this.#changes.announce({ kind: 'group', id });
  }

  /** @returns a page of a group's members. @throws not_found */
  async members(id: string, page: PageRequest): Promise<Page<ListedUser>> {
    if (!(await this.get(id))) throw new HomeroomError('not_found');
    return await readPage<ListedUserRow, ListedUser>(this.#db, {
      sql: membersSql,
      values: [id],
      page,
      toItem: toListedUser,
    });
  }

  /** Add people; who is a member already stays one. @throws not_found (group or a user), managed_elsewhere */
  async addMembers(id: string, users: readonly string[], actor: Actor): Promise<Group> {
    return await this.#changeMembers(id, users, actor, false);
  }

  /** Make these its members and nobody else. @throws not_found (group or a user), managed_elsewhere */
  async setMembers(id: string, users: readonly string[], actor: Actor): Promise<Group> {
    return await this.#changeMembers(id, users, actor, true);
  }

  /** @throws not_found when there is no such group or the user is no member, managed_elsewhere */
  async removeMember(id: string, user: string, actor: Actor): Promise<void> {
    await this.#write('group.members', actor, async (tx) => {
      await lockOwn(tx, id);
      if (!isUuid(user) || (await tx.query(removeSql, [id, user])).length === 0) {
        throw new HomeroomError('not_found', 'This person is not in the group.');
      }
      return { id, details: { added: [], removed: [user] } };
    });
  }

  async #changeMembers(id: string, users: readonly string[], actor: Actor, isWhole: boolean): Promise<Group> {
    return await this.#write('group.members', actor, async (tx) => {
      await lockOwn(tx, id);
      await refuseUnknown(tx, users);
      const removed = isWhole ? await tx.query<{ user_id: string }>(removeOthersSql, [id, users]) : [];
      const added = await tx.query<{ user_id: string }>(addSql, [id, users]);
      return { id, details: { added: added.map(userIdOf), removed: removed.map(userIdOf) } };
    });
  }

  /** Change a group and write it down, both or neither; its new look is read in the same moment. */
  async #write(
    action: string,
    actor: Actor,
    change: (tx: Queryable) => Promise<{ id: string } & Told>,
  ): Promise<Group> {
    try {
      const group = await this.#db.transaction(async (tx) => {
        const { id, ...told } = await change(tx);
        await recordChange(tx, { action, subject: id, actor, ...told });
        const [row] = await tx.query<GroupRow>(`${selectSql} where g.id = $1`, [id]);
        if (!row) throw new HomeroomError('not_found');
        return toGroup(row);
      });
      this.#tell(group);
      return group;
    } catch (caught) {
      if (violationOf(caught)?.kind !== 'unique') throw caught;
      throw new HomeroomError('conflict', 'There is a group of that name already.', { cause: caught });
    }
  }

  /** With its members it changes whose its templates are. */
  #tell({ id, templates }: Group): void {
    this.#changes.announce({ kind: 'group', id });
    for (const template of templates) this.#changes.announce({ kind: 'template', id: template });
  }
}

async function lock(tx: Queryable, id: string): Promise<Pick<Group, 'name' | 'source'>> {
  const [row] = await tx.query<Pick<Group, 'name' | 'source'>>(lockSql, [id]);
  if (!row) throw new HomeroomError('not_found');
  return row;
}

/** A group of elsewhere gets its members with each sign-in: what was changed here would be undone. */
async function lockOwn(tx: Queryable, id: string): Promise<void> {
  const { source } = await lock(tx, id);
  if (source === 'local') return;
  throw new HomeroomError('managed_elsewhere', `the members of this group come from ${source}`);
}

async function refuseUnknown(tx: Queryable, users: readonly string[]): Promise<void> {
  const wanted = new Set(users);
  if (![...wanted].every(isUuid)) throw new HomeroomError('not_found', 'there is no such user');
  const [row] = await tx.query<{ count: number }>(countUsersSql, [[...wanted]]);
  if (row?.count !== wanted.size) throw new HomeroomError('not_found', 'there is no such user');
}

function recordChange(
  tx: Queryable,
  entry: { action: string; subject: string; actor: Actor } & Told,
): Promise<void> {
  const { actor, ...told } = entry;
  const { userId: id, username, address } = actor;
  return record(tx, { ...told, actor: { id, username }, address });
}

function userIdOf(row: { user_id: string }): string {
  return row.user_id;
}

function toGroup({ id, name, source, members, templates, created_at }: GroupRow): Group {
  return { id, name, source, members, templates, createdAt: created_at.toISOString() };
}
