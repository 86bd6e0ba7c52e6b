import { hostname } from 'node:os';
import { type ControllerProcess, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { type ControllerRole, controllerRoles, remarksOn } from '../roles.ts';
import type { Database } from '../store/database.ts';

const tellEveryMs = 5_000;
/** Who missed three times to tell of itself is dead, or cannot reach the database: both come to the same. */
const deadAfterS = 16;

const tellSql = `
insert into controllers (id, roles, machine, pid, version, created_at) values ($1, $2, $3, $4, $5, $6)
on conflict (id) do update set seen_at = now()`;
const leaveSql = 'delete from controllers where id = $1';
const livingSql = `
select id, roles, machine, pid, version, created_at as "startedAt", seen_at as "seenAt"
from controllers where seen_at > now() - interval '${deadAfterS} seconds' order by created_at, id`;
const forgetSql = `delete from controllers where seen_at < now() - interval '1 day'`;

type Row = Omit<ControllerProcess, 'startedAt' | 'seenAt'> & {
  readonly startedAt: Date;
  readonly seenAt: Date;
};

export interface LivingControllersOptions {
  readonly db: Database;
  readonly id: string;
  readonly roles: readonly ControllerRole[];
  readonly version: string;
  readonly startedAt: Date;
  readonly logger: Logger;
}

/** The processes that carry roles: this one tells of itself, and asks who else does. */
export class LivingControllers {
  readonly #options: LivingControllersOptions;
  #timer: NodeJS.Timeout | undefined;
  #telling: Promise<void> = Promise.resolve();

  constructor(options: LivingControllersOptions) {
    this.#options = options;
  }

  /** @throws database_unavailable */
  async start(): Promise<void> {
    await this.#tell();
    this.#timer = setInterval(() => {
      this.#telling = this.#tellQuietly();
    }, tellEveryMs).unref();
  }

  /** Say good-bye, so that nobody waits for the silence. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#telling;
    await this.#options.db.query(leaveSql, [this.#options.id]);
  }

  /** @returns the processes that told of themselves lately, the oldest first @throws database_unavailable */
  async list(): Promise<ControllerProcess[]> {
    const rows = await this.#options.db.query<Row>(livingSql);
    return rows.map(({ startedAt, seenAt, ...row }) => ({
      ...row,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
    }));
  }

  /** @returns the roles that have work and that nobody carries; empty when all is well @throws database_unavailable */
  async missingRoles(): Promise<ControllerRole[]> {
    const carried = new Set((await this.list()).flatMap(({ roles }) => roles));
    return controllerRoles.filter((role) => !carried.has(role) && remarksOn([role]).length === 0);
  }

  /** Remove what long dead ones left. @throws database_unavailable */
  async forgetDead(): Promise<void> {
    await this.#options.db.query(forgetSql);
  }

  async #tell(): Promise<void> {
    const { db, id, roles, version, startedAt } = this.#options;
    await db.query(tellSql, [id, [...roles], hostname(), process.pid, version, startedAt]);
  }

  async #tellQuietly(): Promise<void> {
    try {
      await this.#tell();
    } catch (caught) {
      this.#options.logger.warn({ err: toError(caught) }, 'the process could not tell that it lives');
    }
  }
}
