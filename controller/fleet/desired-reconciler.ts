/**
 * Keeps each device's `desired` topic at what its row, its seat and the seat's session come to. Rules:
 * - changes only say *look again*; a full look at every device runs by a timer and after each connection;
 * - the document is written with the next revision when its content changes, and only then;
 * - a document is published when this process has not yet published that revision: publishing it again
 *   after a restart does no harm, missing it would.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Change, type Desired, HomeroomError, toError, topics } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { isLockedColumn, messageColumn } from './attention-columns.ts';
import { broadcastColumn } from './broadcast-column.ts';
import { type DesiredContent, desiredDocument, desktopPage } from './desired-document.ts';
import type { TopicPublisher } from './ports.ts';

export interface DesiredReconcilerOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly publisher: TopicPublisher;
  readonly logger: Logger;
  readonly fullLookMs?: number;
}

interface Row {
  readonly id: string;
  readonly revoked_at: Date | null;
  readonly is_locked: boolean;
  readonly message: string | null;
  readonly broadcast: string | null;
  readonly desired_page: string | null;
  readonly desired_screen: 'on' | 'off';
  readonly desired_muted: boolean;
  readonly desired: Desired | null;
  readonly desired_revision: number;
  readonly session_id: string | null;
  readonly session_state: string | null;
}

/** What to look at again; `all` for everything. */
interface Due {
  all: boolean;
  readonly devices: Set<string>;
  readonly seats: Set<string>;
  readonly sessions: Set<string>;
  readonly broadcasts: Set<string>;
}

const selectSql = `
select d.id, d.revoked_at, ${isLockedColumn} as is_locked, ${messageColumn} as message,
  ${broadcastColumn} as broadcast, d.desired_page,
  d.desired_screen, d.desired_muted, d.desired, d.desired_revision, x.id as session_id, x.state as session_state
from devices d left join sessions x on x.seat_id = d.seat_id and x.state <> 'ended'`;
const byDevice = 'd.id = any($1)';
const bySeat = 'd.seat_id = any($1::uuid[])';
const byBroadcast =
  'd.seat_id in (select p.seat_id from broadcast_seats p where p.broadcast_id = any($1::uuid[]))';
// A session that moved away is found by the page that the device still shows.
const bySession = `x.id = any($1::uuid[]) or d.desired->'kiosk'->>'url' = any($2)`;

// Another controller may have come first; then its document stands, and the next look compares again.
const writeSql = `
update devices set desired = $2, desired_revision = $3 where id = $1 and desired_revision = $4 returning id`;

const restMs = 20;

export class DesiredReconciler {
  readonly #options: DesiredReconcilerOptions;
  readonly #published = new Map<string, number>();
  #due = noneDue();
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #leave: (() => void) | undefined;
  #isStopped = true;

  constructor(options: DesiredReconcilerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStopped = false;
    this.#leave = this.#options.changes.subscribe((change) => this.#hear(change));
    this.#timer = setInterval(() => this.lookAtAll(), this.#options.fullLookMs ?? 30_000);
    this.lookAtAll();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#leave?.();
    await this.#running;
  }

  /** Look at every device soon. */
  lookAtAll(): void {
    this.#due.all = true;
    this.#wake();
  }

  /** The broker may have forgotten everything: publish all again. */
  publishAll(): void {
    this.#published.clear();
    this.lookAtAll();
  }

  #hear({ kind, id }: Change): void {
    if (kind === 'device') this.#due.devices.add(id);
    else if (kind === 'seat') this.#due.seats.add(id);
    else if (kind === 'session') this.#due.sessions.add(id);
    else if (kind === 'broadcast') this.#due.broadcasts.add(id);
    else return;
    this.#wake();
  }

  #wake(): void {
    if (this.#isStopped) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (hasDue(this.#due)) this.#wake();
    });
  }

  async #run(): Promise<void> {
    // Changes come in flocks; one look serves the flock.
    await new Promise(setImmediate);
    await this.#lookAtDue();
    // A class that starts together is hundreds of flocks; a lone change is not kept waiting.
    await sleep(restMs);
  }

  async #lookAtDue(): Promise<void> {
    const due = this.#due;
    this.#due = noneDue();
    try {
      for (const row of await this.#select(due)) await this.#reconcile(row);
    } catch (caught) {
      // The timer looks again; while the broker or the database is away there is nothing else to do.
      this.#options.logger.warn({ err: toError(caught) }, 'desired state could not be brought up to date');
    }
  }

  /** One question for each kind of change: together they would make PostgreSQL look at every device. */
  async #select({ all, devices, seats, sessions, broadcasts }: Due): Promise<Row[]> {
    const { db } = this.#options;
    if (all) return db.query<Row>(selectSql);
    const ask = (condition: string, ids: ReadonlySet<string>, ...more: unknown[]) =>
      ids.size > 0 ? db.query<Row>(`${selectSql} where ${condition}`, [[...ids], ...more]) : [];
    const found = await Promise.all([
      ask(byDevice, devices),
      ask(bySeat, seats),
      ask(byBroadcast, broadcasts),
      ask(bySession, sessions, [...sessions].map(desktopPage)),
    ]);
    return [...new Map(found.flat().map((row) => [row.id, row])).values()];
  }

  async #reconcile(row: Row): Promise<void> {
    const wanted = desiredDocument(wantedOf(row));
    const revision = isUpToDate(row, wanted) ? row.desired_revision : await this.#write(row, wanted);
    if (revision === undefined || this.#published.get(row.id) === revision || row.revoked_at) return;
    try {
      const document: Desired = { revision, ...wanted };
      await this.#options.publisher.publish(topics.device(row.id, 'desired'), document, { retain: true });
      this.#published.set(row.id, revision);
    } catch (caught) {
      // After the next connection everything is looked at again.
      if (!(caught instanceof HomeroomError) || caught.code !== 'broker_unavailable') throw caught;
    }
  }

  async #write(row: Row, wanted: DesiredContent): Promise<number | undefined> {
    const revision = row.desired_revision + 1;
    const document = JSON.stringify({ revision, ...wanted });
    const written = await this.#options.db.query(writeSql, [
      row.id,
      document,
      revision,
      row.desired_revision,
    ]);
    if (written.length === 0) {
      this.#due.devices.add(row.id);
      return undefined;
    }
    this.#options.changes.announce({ kind: 'device', id: row.id });
    return revision;
  }
}

function wantedOf(row: Row): Parameters<typeof desiredDocument>[0] {
  return {
    device: row.id,
    isRevoked: row.revoked_at !== null,
    isLocked: row.is_locked,
    message: row.message,
    broadcast: row.broadcast,
    page: row.desired_page,
    screen: row.desired_screen,
    isMuted: row.desired_muted,
    session: row.session_id && row.session_state ? { id: row.session_id, state: row.session_state } : null,
  };
}

function isUpToDate(row: Row, wanted: DesiredContent): boolean {
  if (!row.desired) return false;
  const { kiosk, screen, lock, audio } = row.desired;
  return isDeepStrictEqual({ kiosk, screen, lock, audio }, { ...wanted });
}

function noneDue(): Due {
  return { all: false, devices: new Set(), seats: new Set(), sessions: new Set(), broadcasts: new Set() };
}

function hasDue({ all, devices, seats, sessions, broadcasts }: Due): boolean {
  return all || [devices, seats, sessions, broadcasts].some(({ size }) => size > 0);
}
