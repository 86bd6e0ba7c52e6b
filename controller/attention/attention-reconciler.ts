/**
 * Ends what ends by itself: locks and messages whose time is over. What seats show follows from the clock of the database
 * alone; this only has them looked at again at that time, so any number of processes may run it.
 */
import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { tellSeats } from './room-controls.ts';

export interface AttentionReconcilerOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  readonly logger: Logger;
  readonly intervalMs?: number;
}

const locksSql = `
with over as (delete from seat_locks where expires_at <= now() returning seat_id)
select over.seat_id as seat, d.id as device from over left join devices d on d.seat_id = over.seat_id`;

const messagesSql = `
with over as (
  update room_messages set expiry_told = true
  where expires_at <= now() and withdrawn_at is null and not expiry_told returning id
)
select over.id, r.seat_id as seat, d.id as device
from over join message_receipts r on r.message_id = over.id left join devices d on d.seat_id = r.seat_id
where r.read_at is null`;

interface Seat {
  readonly seat: string;
  readonly device: string | null;
}

export class AttentionReconciler {
  readonly #options: AttentionReconcilerOptions;
  readonly #loop: ReconcileLoop;

  constructor(options: AttentionReconcilerOptions) {
    const { logger, intervalMs = 1_000 } = options;
    this.#options = options;
    this.#loop = new ReconcileLoop({ name: 'attention', intervalMs, logger, look: () => this.#look() });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #look(): Promise<void> {
    const { db, changes } = this.#options;
    tellSeats(changes, await db.query<Seat>(locksSql));
    const unread = await db.query<Seat & { id: string }>(messagesSql);
    tellSeats(changes, unread);
    for (const id of new Set(unread.map((each) => each.id))) changes.announce({ kind: 'message', id });
  }
}
