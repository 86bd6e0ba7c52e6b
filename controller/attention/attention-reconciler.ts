/**
 * Ends what ends by itself: locks and messages whose time is over. What seats show follows from the clock of the database
 * alone; this only has them looked at again at that time, so any number of processes may run it. It sleeps until the next of
 * them ends: a room where nothing is locked costs nothing.
 */
import type { Logger } from 'pino';
import { ReconcileLoop } from '../desktops/reconcile-loop.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { tellSeats } from './room-controls.ts';

export interface AttentionReconcilerOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly logger: Logger;
  /** Of looks for what no change told of. */
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

const nextSql = `
select extract(epoch from least(
  (select min(expires_at) from seat_locks),
  (select min(expires_at) from room_messages where withdrawn_at is null and not expiry_told)
) - clock_timestamp())::float8 * 1000 as "inMs"`;

const restMs = 500;
/** What ends later is found by a look before. */
const maxTimerMs = 60_000;
/** The clocks of two machines count a little differently. */
const slackMs = 10;

interface Seat {
  readonly seat: string;
  readonly device: string | null;
}

export class AttentionReconciler {
  readonly #options: AttentionReconcilerOptions;
  readonly #loop: ReconcileLoop;
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AttentionReconcilerOptions) {
    const { logger, intervalMs = 30_000 } = options;
    this.#options = options;
    const look = () => this.#look();
    this.#loop = new ReconcileLoop({ name: 'attention', intervalMs, restMs, logger, look });
  }

  start(): void {
    this.#unsubscribe ??= this.#options.changes.subscribe(({ kind }) => {
      // A lock or a message that was just made may be the next to end.
      if (kind === 'seat' || kind === 'message') this.#loop.wake();
    });
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    await this.#loop.stop();
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const { db, changes } = this.#options;
    tellSeats(changes, await db.query<Seat>(locksSql));
    const unread = await db.query<Seat & { id: string }>(messagesSql);
    tellSeats(changes, unread);
    for (const id of new Set(unread.map((each) => each.id))) changes.announce({ kind: 'message', id });
    const [next] = await db.query<{ inMs: number | null }>(nextSql);
    clearTimeout(this.#timer);
    if (typeof next?.inMs !== 'number' || next.inMs > maxTimerMs) return;
    this.#timer = setTimeout(() => this.#loop.wake(), Math.max(0, next.inMs) + slackMs).unref();
  }
}
