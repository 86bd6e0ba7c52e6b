/** Removes files whose time is over: of rounds that began long ago, of rooms that are gone, of uploads that broke off. */
import type { Logger } from 'pino';
import { ReconcileLoop } from '../../desktops/reconcile-loop.ts';
import type { Database } from '../../store/database.ts';
import type { FileShelf } from './file-shelf.ts';

export interface FileKeeperOptions {
  readonly db: Database;
  readonly shelf: FileShelf;
  readonly keepDays: number;
  readonly logger: Logger;
  readonly intervalMs?: number;
}

const oldSql = `
select id from file_rounds where emptied_at is null and expires_at <= now()
  and created_at < now() - make_interval(days => $1) limit 100`;
const emptiedSql = 'update file_rounds set emptied_at = now() where id = any($1::uuid[])';

export class FileKeeper {
  readonly #options: FileKeeperOptions;
  readonly #loop: ReconcileLoop;

  constructor(options: FileKeeperOptions) {
    const { logger, intervalMs = 3_600_000 } = options;
    this.#options = options;
    this.#loop = new ReconcileLoop({ name: 'kept-files', intervalMs, logger, look: () => this.#look() });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #look(): Promise<void> {
    const { db, shelf, keepDays } = this.#options;
    const rows = await db.query<{ id: string }>(oldSql, [keepDays]);
    for (const { id } of rows) await shelf.remove(id);
    await db.query(emptiedSql, [rows.map(({ id }) => id)]);
    await this.#removeUnknown();
    await shelf.sweep(Date.now());
  }

  /** Of rounds that went with their room, or whose beginning was not committed. */
  async #removeUnknown(): Promise<void> {
    const { db, shelf } = this.#options;
    const kept = await shelf.rounds(Date.now());
    const rows = await db.query<{ id: string }>('select id::text from file_rounds where id::text = any($1)', [
      kept,
    ]);
    const known = new Set(rows.map(({ id }) => id));
    for (const id of kept) if (!known.has(id)) await shelf.remove(id);
  }
}
