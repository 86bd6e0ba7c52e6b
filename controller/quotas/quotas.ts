import {
  type CreateQuotaRequest,
  HomeroomError,
  type PatchQuotaRequest,
  type Quota as Told,
} from '@homeroom/protocol';
import { recordRule } from '../lessons/record-rule.ts';
import type { Actor } from '../store/actor.ts';
import { differenceOf } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { isUuid } from '../store/uuid.ts';

/** Nobody asks, so nobody's own session is left out. */
const nobody = "'00000000-0000-0000-0000-000000000000'::uuid";

const selectSql = `
select q.id, q.created_at, q.user_id as user, q.group_id as group, q.template_id as template,
  q.active_sessions as "activeSessions", q.hours_per_week as "hoursPerWeek", q.total_desktops as "totalDesktops",
  quota_sessions(q, ${nobody}) as sessions, quota_desktops(q, ${nobody}) as desktops
from quotas q`;

const insertSql = `
insert into quotas (user_id, group_id, template_id, active_sessions, hours_per_week, total_desktops)
values ($1, $2, $3, $4, $5, $6) returning id`;

const updateSql = `
update quotas set active_sessions = $2, hours_per_week = $3, total_desktops = $4 where id = $1`;

type Limits = Pick<Told, 'activeSessions' | 'hoursPerWeek' | 'totalDesktops'>;
type Row = Told & { readonly created_at: Date };

/** Limits on people, groups and templates. They hold for what is claimed from then on; what is live goes on. */
export class Quotas {
  readonly #db: Database;
  readonly #changes: Pick<Changes, 'announce'>;

  constructor({ db, changes }: { db: Database; changes: Pick<Changes, 'announce'> }) {
    this.#db = db;
    this.#changes = changes;
  }

  /** @returns the quotas, each with what counts against it now */
  page(page: PageRequest): Promise<Page<Told>> {
    return readPage<Row, Told>(this.#db, { sql: selectSql, page, toItem: toQuota });
  }

  /** @returns undefined when there is no such quota */
  async get(id: string): Promise<Told | undefined> {
    return isUuid(id) ? await read(this.#db, id) : undefined;
  }

  /** @throws request_invalid, conflict when there is one for the same already, template_unknown, not_found (user or group) */
  async create(request: CreateQuotaRequest, actor: Actor): Promise<Told> {
    const { user, group, template } = request;
    check(request);
    return await this.#write(async (tx) => {
      const values = [user, group, template, ...limitValues(request)];
      const [row] = await tx.query<{ id: string }>(insertSql, values);
      const quota = await require(tx, row?.id ?? '');
      await recordRule(tx, { action: 'quota.create', subject: quota.id, actor, after: request });
      return quota;
    });
  }

  /** @throws not_found, request_invalid when it would limit nothing */
  async change(id: string, patch: PatchQuotaRequest, actor: Actor): Promise<Told> {
    return await this.#write(async (tx) => {
      if (isUuid(id)) await tx.query('select from quotas where id = $1 for update', [id]);
      const before = await require(tx, id);
      const after = { ...before, ...patch };
      checkLimits(after);
      await tx.query(updateSql, [id, ...limitValues(after)]);
      await recordRule(tx, { action: 'quota.change', subject: id, actor, ...differenceOf(before, after) });
      return await require(tx, id);
    });
  }

  /** @throws not_found */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const before = await require(tx, id);
      await tx.query('delete from quotas where id = $1', [id]);
      await recordRule(tx, { action: 'quota.remove', subject: id, actor, before });
    });
    this.#changes.announce({ kind: 'quota', id });
  }

  async #write(write: (tx: Queryable) => Promise<Told>): Promise<Told> {
    try {
      const quota = await this.#db.transaction(write);
      this.#changes.announce({ kind: 'quota', id: quota.id });
      return quota;
    } catch (caught) {
      throw explain(caught);
    }
  }
}

function check({ user, group, template, ...limits }: CreateQuotaRequest): void {
  if (user === null && group === null && template === null) {
    throw new HomeroomError('request_invalid', 'user: a limit is for a person, a group or a template');
  }
  if (user !== null && group !== null) {
    throw new HomeroomError('request_invalid', 'group: a limit is for a person or a group, not for both');
  }
  for (const id of [user, group]) {
    if (id !== null && !isUuid(id)) throw new HomeroomError('not_found', 'there is no such person or group');
  }
  checkLimits(limits);
}

function checkLimits(limits: Limits): void {
  if (limitValues(limits).some((limit) => limit !== null)) return;
  throw new HomeroomError('request_invalid', 'activeSessions: a limit limits something');
}

function limitValues({ activeSessions, hoursPerWeek, totalDesktops }: Limits): (number | null)[] {
  return [activeSessions, hoursPerWeek, totalDesktops];
}

function explain(caught: unknown): unknown {
  const violation = violationOf(caught);
  if (violation?.kind === 'unique') {
    const message = 'There is a limit for the same already: change that one.';
    return new HomeroomError('conflict', message, { cause: caught });
  }
  if (violation?.kind !== 'foreign-key') return caught;
  if (violation.constraint.includes('template')) {
    return new HomeroomError('template_unknown', undefined, { cause: caught });
  }
  return new HomeroomError('not_found', 'there is no such person or group', { cause: caught });
}

async function require(db: Queryable, id: string): Promise<Told> {
  const quota = isUuid(id) ? await read(db, id) : undefined;
  if (!quota) throw new HomeroomError('not_found');
  return quota;
}

async function read(db: Queryable, id: string): Promise<Told | undefined> {
  const [row] = await db.query<Row>(`${selectSql} where q.id = $1`, [id]);
  return row && toQuota(row);
}

function toQuota({ created_at: _, ...quota }: Row): Told {
  return quota;
}
