/** One controller's makers and sweepers on a real database, with an odd provider. */
import { randomUUID } from 'node:crypto';
import { DesktopReconciler } from '@homeroom/controller/desktops/desktops.ts';
import { heldToContract } from '@homeroom/controller/desktops/held-to-contract.ts';
import { InventoryReconciler } from '@homeroom/controller/desktops/inventory-reconciler.ts';
import { FindingSweeper } from '@homeroom/controller/findings/finding-sweeper.ts';
import { Findings } from '@homeroom/controller/findings/findings.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import type { DesktopState, Finding } from '@homeroom/protocol';
import { noChanges, silentLogger } from '../../support/postgres.ts';
import type { OddProvider } from './odd-provider.ts';

const intervalMs = 50;

export class Sweepers implements AsyncDisposable {
  readonly #parts: readonly { start(): void; stop(): Promise<void> }[];

  constructor(db: Database, provider: OddProvider, { makers = true, graceMs = 0 } = {}) {
    const providers = new Map([[provider.name, heldToContract(provider)]]);
    const common = { db, changes: noChanges, providers, logger: silentLogger };
    this.#parts = [
      new InventoryReconciler({ ...common, intervalMs, graceMs }),
      new FindingSweeper({ ...common, intervalMs }),
      ...(makers ? [new DesktopReconciler(common)] : []),
    ];
    for (const part of this.#parts) part.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.stop()));
  }
}

export async function furnish(db: Database): Promise<void> {
  await db.query(`insert into templates (id, name, provider) values ('t', 'T', 'simulated')`);
}

/** Put a desktop on record. @returns its id */
export async function put(
  db: Database,
  state: DesktopState,
  { provider = 'simulated', id = randomUUID() }: { provider?: string; id?: string } = {},
): Promise<string> {
  const needsDeadline = !['cold', 'ready', 'claimed', 'gone'].includes(state);
  await db.query(
    `insert into desktops (id, template_id, provider, state, deadline_at, ready_at, claimed_at, error, failed_at)
     values ($1, 't', $2, $3, case when $4 then now() + interval '1 minute' end,
       now() - interval '1 hour', case when $3 = 'claimed' then now() - interval '1 hour' end,
       case when $3 = 'failed' then 'It failed.' end, case when $3 = 'failed' then now() end)`,
    [id, provider, state, needsDeadline],
  );
  return id;
}

/** Let an hour pass for whatever has a deadline, and for what is mended next. */
export async function passAnHour(db: Database): Promise<void> {
  await db.query(
    `update desktops set deadline_at = deadline_at - interval '1 hour', look_again_at = now() where state <> 'gone'`,
  );
  await db.query(`update findings set mend_at = now() where mended_at is null and mend_at is not null`);
}

export async function stateOf(db: Database, id: string): Promise<DesktopState | undefined> {
  const [row] = await db.query<{ state: DesktopState }>('select state from desktops where id = $1', [id]);
  return row?.state;
}

/** @returns the findings about something, those that are over too, the newest first */
export async function findingsOf(db: Database, subject: string): Promise<Finding[]> {
  const { items } = await new Findings({ db }).page({ state: 'all' }, wholeList);
  return items.filter((finding) => finding.subject === subject);
}
