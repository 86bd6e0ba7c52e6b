/**
 * Templates for those who make and change them. A change that a desktop made before does not have raises the version:
 * the pool then replaces its unused desktops one at a time; sessions that run are left alone.
 */
import {
  type CreateTemplateRequest,
  HomeroomError,
  type PatchTemplateRequest,
  type TemplateDetails,
} from '@homeroom/protocol';
import type { Actor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { changedFields } from './changed-fields.ts';

/** By the name of the provider: throws when it cannot make desktops by these settings. No entry: not set up here. */
export type SettingsChecks = ReadonlyMap<string, (settings: unknown) => unknown>;

export interface TemplateEditorOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly settingsChecks: SettingsChecks;
}

const detailsSql = `
select t.id, t.name, t.description, t.icon, t.provider, t.stream, t.settings, t.kind,
  t.host_capacity as "hostCapacity", t.storage, t.policies, t.create_timeout_s as "createTimeoutS",
  t.idle_timeout_s as "idleTimeoutS", t.limit_s as "limitS", t.detach_grace_s as "detachGraceS",
  t.may_keep as "mayKeep", t.version, t.withdrawn_at as "withdrawnAt",
  (select count(*) from desktops d where d.template_id = t.id and d.state = 'ready') as ready
from templates t where t.id = $1`;

const insertSql = 'insert into templates (id, name, provider) values ($1, $2, $3)';
/** Empty until somebody says how large it shall be. */
const poolSql = 'insert into pools (template_id, warm_minimum, maximum) values ($1, 0, 10)';

const updateSql = `
update templates set name = $2, description = $3, icon = $4, provider = $5, stream = $6, settings = $7, kind = $8,
  host_capacity = $9, storage = $10, policies = $11, create_timeout_s = $12, idle_timeout_s = $13, limit_s = $14,
  detach_grace_s = $15, may_keep = $16, version = $17, withdrawn_at = $18
where id = $1`;

/** What a desktop gets when it is made. */
const versionedFields = ['provider', 'stream', 'settings', 'kind', 'storage'] as const;

type Row = Omit<TemplateDetails, 'withdrawnAt'> & { readonly withdrawnAt: Date | null };

export class TemplateEditor {
  readonly #options: TemplateEditorOptions;

  constructor(options: TemplateEditorOptions) {
    this.#options = options;
  }

  /** @returns everything of a template, withdrawn or not; undefined when there is none with this id. */
  async get(id: string): Promise<TemplateDetails | undefined> {
    const row = await read(this.#options.db, id);
    return row && toDetails(row);
  }

  /**
   * Make a template, and a pool of it that is empty.
   *
   * @throws conflict when there is one with this id, request_invalid when its provider cannot make desktops by it
   */
  async create(request: CreateTemplateRequest, actor: Actor): Promise<TemplateDetails> {
    const { id, name, provider } = request;
    await this.#options.db.transaction(async (tx) => {
      await insert(tx, { id, name, provider });
      await this.#change(tx, id, request, { isNew: true });
      const after = { ...request };
      await record(tx, { ...by(actor), action: 'template.create', subject: id, after });
    });
    return await this.#tell(id);
  }

  /**
   * Change a template, or withdraw it: then it is offered no more, and its unused desktops are removed.
   *
   * @throws template_unknown, request_invalid when its provider cannot make desktops by it
   */
  async change(id: string, patch: PatchTemplateRequest, actor: Actor): Promise<TemplateDetails> {
    await this.#options.db.transaction(async (tx) => {
      const { before, after } = await this.#change(tx, id, patch, { isNew: false });
      if (Object.keys(after).length === 0) return;
      await record(tx, { ...by(actor), action: actionOf(after), subject: id, before, after });
    });
    return await this.#tell(id);
  }

  async #change(
    tx: Queryable,
    id: string,
    { withdrawn, ...patch }: PatchTemplateRequest,
    { isNew }: { isNew: boolean },
  ) {
    const row = await read(tx, id, 'for update');
    if (!row) throw new HomeroomError('template_unknown');
    const current = { ...row, withdrawn: row.withdrawnAt !== null };
    const changed = changedFields(current, { ...patch, withdrawn });
    const next: Row = { ...row, ...changed.after };
    this.#check(next);
    const isNewVersion = !isNew && versionedFields.some((name) => name in changed.after);
    const version = row.version + Number(isNewVersion);
    await tx.query(
      updateSql,
      columnsOf(
        { ...next, version },
        (withdrawn ?? current.withdrawn) ? (row.withdrawnAt ?? new Date()) : null,
      ),
    );
    return changed;
  }

  #check({ provider, settings }: Row): void {
    const check = this.#options.settingsChecks.get(provider);
    if (!check) throw new HomeroomError('request_invalid', `provider: ${provider} is not set up here`);
    check(settings);
  }

  async #tell(id: string): Promise<TemplateDetails> {
    const { changes } = this.#options;
    changes.announce({ kind: 'template', id });
    changes.announce({ kind: 'pool', id });
    const details = await this.get(id);
    if (!details) throw new HomeroomError('template_unknown');
    return details;
  }
}

async function read(db: Queryable, id: string, lock = ''): Promise<Row | undefined> {
  const [row] = await db.query<Row>(`${detailsSql} ${lock}`, [id]);
  return row;
}

async function insert(
  tx: Queryable,
  { id, name, provider }: Pick<CreateTemplateRequest, 'id' | 'name' | 'provider'>,
): Promise<void> {
  try {
    await tx.query(insertSql, [id, name, provider]);
    await tx.query(poolSql, [id]);
  } catch (caught) {
    if (violationOf(caught)?.kind !== 'unique') throw caught;
    throw new HomeroomError('conflict', `there is a template ${id} already, or there was one`, {
      cause: caught,
    });
  }
}

function columnsOf(row: Row, withdrawnAt: Date | null): unknown[] {
  return [
    row.id,
    row.name,
    row.description,
    row.icon,
    row.provider,
    row.stream,
    JSON.stringify(row.settings),
    row.kind,
    row.hostCapacity,
    row.storage,
    JSON.stringify(row.policies),
    row.createTimeoutS,
    row.idleTimeoutS,
    row.limitS,
    row.detachGraceS,
    row.mayKeep,
    row.version,
    withdrawnAt,
  ];
}

function actionOf({ withdrawn }: Readonly<Record<string, unknown>>): string {
  if (withdrawn === undefined) return 'template.change';
  return withdrawn ? 'template.withdraw' : 'template.restore';
}

function by({ userId, username, address }: Actor) {
  return { actor: { id: userId, username }, address };
}

function toDetails({ withdrawnAt, ...row }: Row): TemplateDetails {
  return { ...row, withdrawnAt: withdrawnAt?.toISOString() ?? null };
}
