/** A controller's session part on a real database, with a simulated provider: what the tests here share. */
import { DesktopReconciler, PoolReconciler } from '@homeroom/controller/desktops/desktops.ts';
import { InventoryReconciler } from '@homeroom/controller/desktops/inventory-reconciler.ts';
import { SimulatedProvider } from '@homeroom/controller/providers/simulated/simulated-provider.ts';
import { SessionReconciler } from '@homeroom/controller/sessions/session-reconciler.ts';
import { Sessions } from '@homeroom/controller/sessions/sessions.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { PostgresChanges } from '@homeroom/controller/store/postgres-changes.ts';
import type { Session, SessionState } from '@homeroom/protocol';
import { silentLogger } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';

export interface ClassroomOptions {
  readonly minimum?: number;
  readonly maximum?: number;
  /** Columns of the template beside its name: `idle_timeout_s`, `limit_s`, `detach_grace_s`. */
  readonly template?: Readonly<Record<string, number>>;
  readonly pollsUntilReady?: number;
}

export const templateId = 'simulated';

/** Everything of one controller that concerns sessions; several may share a database. */
export class Classroom implements AsyncDisposable {
  readonly db: Database;
  readonly provider: SimulatedProvider;
  readonly changes: PostgresChanges;
  readonly sessions: Sessions;
  readonly desktops: DesktopReconciler;
  readonly #parts: readonly { start(): void; stop(): Promise<void> }[];

  constructor({ db, url, provider }: { db: Database; url: string; provider: SimulatedProvider }) {
    const logger = silentLogger;
    this.db = db;
    this.provider = provider;
    this.changes = new PostgresChanges({ db, url, logger });
    const { changes } = this;
    const providers = new Map([[provider.name, provider]]);
    this.sessions = new Sessions({ db, changes, logger });
    this.desktops = new DesktopReconciler({ db, changes, providers, logger });
    this.#parts = [
      changes,
      this.desktops,
      new PoolReconciler({ db, changes, logger }),
      new InventoryReconciler({ db, changes, providers, logger, intervalMs: 100, graceMs: 0 }),
      new SessionReconciler({ db, changes, providers, logger }),
    ];
  }

  start(): void {
    for (const part of this.#parts) part.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const part of this.#parts.toReversed()) await part.stop();
  }

  /** @returns the session that `start` made, or the live one. */
  async begin(userId: string, seatId: string | null = null): Promise<Session> {
    const { session } = await this.sessions.start({ userId, templateId, seatId, actor: systemActor });
    return session;
  }

  /** @returns the session once it is in a state. */
  async whenState(id: string, state: SessionState): Promise<Session> {
    return await waitFor(`session ${id} is ${state}`, async () => {
      const session = await this.sessions.get(id);
      return session?.state === state && session;
    });
  }

  /** @returns the session once its desktop is its user's. */
  async whenAssigned(id: string, timeoutMs?: number): Promise<Session> {
    return await waitFor(
      `session ${id} is assigned`,
      async () => {
        const rows = await this.db.query('select from sessions where id = $1 and assigned_at is not null', [
          id,
        ]);
        return rows.length > 0 && (await this.sessions.get(id));
      },
      timeoutMs,
    );
  }

  async whenReady(count: number): Promise<void> {
    await waitFor(`${count} desktops are ready`, async () => (await this.countDesktops('ready')) === count);
  }

  async countDesktops(state: string): Promise<number> {
    const [row] = await this.db.query<{ n: number }>('select count(*) as n from desktops where state = $1', [
      state,
    ]);
    return row?.n ?? 0;
  }
}

/** Make the template and its pool, and a provider. */
export async function furnish(db: Database, options: ClassroomOptions = {}): Promise<SimulatedProvider> {
  const { minimum = 2, maximum = 20, template = {}, pollsUntilReady = 0 } = options;
  const columns = Object.keys(template);
  await db.query(
    `insert into templates (id, name, provider${columns.map((name) => `, ${name}`).join('')})
     values ($1, 'Simulated', 'simulated'${columns.map((_, index) => `, $${index + 2}`).join('')})`,
    [templateId, ...Object.values(template)],
  );
  await db.query('insert into pools (template_id, warm_minimum, maximum) values ($1, $2, $3)', [
    templateId,
    minimum,
    maximum,
  ]);
  return new SimulatedProvider({ pollsUntilReady });
}

/** @returns the ids of new students. */
export async function enlist(db: Database, count: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `insert into users (username, display_name, role, account)
     select 'pupil' || n, 'Pupil ' || n, 'student', 'pupil' || n from generate_series(1, $1) n returning id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

/** @returns the ids of new seats, each with a device whose kiosk may be signed in. */
export async function seat(db: Database, count: number): Promise<{ seatId: string; deviceId: string }[]> {
  const [room] = await db.query<{ id: string }>(`insert into rooms (name) values ('Room') returning id`);
  return await db.query<{ seatId: string; deviceId: string }>(
    `with made as (
       insert into seats (room_id, name) select $1, 'Seat ' || n from generate_series(1, $2) n returning id, name
     ), devices as (
       insert into devices (id, name, seat_id) select 'device-' || right(name, 1), name, id from made returning *
     )
     select seat_id as "seatId", id as "deviceId" from devices order by id`,
    [room?.id, count],
  );
}
