import { toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { type Link, linkOf } from './audit-chain.ts';
import { type AuditRow, auditColumns, toSealedRow } from './audit-rows.ts';
import type { Database, Queryable } from './database.ts';

const sealEveryMs = 1_000;
const batchSize = 500;

const lockSql = `select pg_try_advisory_xact_lock(hashtextextended('audit seal', 0)) as is_mine`;
const headSql = 'select sequence, hash from audit_head for update';
const unsealedSql = `select ${auditColumns} from audit_log where sequence is null order by id limit ${batchSize}`;
const sealSql = `
update audit_log set sequence = link.sequence, hash = link.hash
from unnest($1::bigint[], $2::bigint[], $3::text[]) link (id, sequence, hash) where audit_log.id = link.id`;
const moveHeadSql = 'update audit_head set sequence = $1, hash = $2';

export interface AuditSealerOptions {
  readonly db: Database;
  readonly logger: Logger;
}

/**
 * Puts new rows of the audit log into the chain. Rows are written by many at once and chained by one: any number of
 * processes may run a sealer, an advisory lock lets one work at a time. A row is sealed after it is
 * committed, so its place in the chain may differ from the order of ids.
 */
export class AuditSealer {
  readonly #db: Database;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;

  constructor({ db, logger }: AuditSealerOptions) {
    this.#db = db;
    this.#logger = logger;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#working ??= this.#work().finally(() => {
        this.#working = undefined;
      });
    }, sealEveryMs);
    this.#timer.unref();
  }

  /** Seal what stands there, then no more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
    await this.#work();
  }

  /** @returns how many rows were sealed: none when there are none, or while another process seals */
  async seal(): Promise<number> {
    return await this.#db.transaction(async (tx) => {
      const [lock] = await tx.query<{ is_mine: boolean }>(lockSql);
      return lock?.is_mine ? await sealBatch(tx) : 0;
    });
  }

  async #work(): Promise<void> {
    try {
      // Bounded: what comes faster than this waits for the next second.
      for (let batches = 0; batches < 20; batches += 1) {
        if ((await this.seal()) < batchSize) return;
      }
    } catch (caught) {
      this.#logger.warn({ err: toError(caught) }, 'the audit log was not sealed; it is tried again');
    }
  }
}

async function sealBatch(tx: Queryable): Promise<number> {
  const rows = await tx.query<AuditRow>(unsealedSql);
  if (rows.length === 0) return 0;
  const [head] = await tx.query<Link>(headSql);
  let last: Link = head ?? { sequence: 0, hash: '' };
  const links = rows.map((row) => {
    last = linkOf(last, toSealedRow(row));
    return last;
  });
  await tx.query(sealSql, [
    rows.map(({ id }) => id),
    links.map(({ sequence }) => sequence),
    links.map(({ hash }) => hash),
  ]);
  await tx.query(moveHeadSql, [last.sequence, last.hash]);
  return rows.length;
}
