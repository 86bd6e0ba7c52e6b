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
update devices d set desired = x.document, desired_revision = x.revision
from jsonb_to_recordset($1) as x(id text, revision bigint, document jsonb)
where d.id = x.id and d.desired_revision = x.revision - 1 returning d.id`;

const restMs = 20;
/** A room is written and told at once; a whole school is not all in memory, and on its way, at the same time. */
const batch = 200;

/** A device, and what it is to follow. */
interface Look {
  readonly row: Row;
  readonly content: DesiredContent;
}

/** The same, as it stands on record now. */
interface Standing extends Look {
  readonly revision: number;
}

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
      const rows = await this.#select(due);
      const looks = rows.map((row): Look => ({ row, content: desiredDocument(wantedOf(row)) }));
      for (let from = 0; from < looks.length; from += batch) {
        await this.#reconcile(looks.slice(from, from + batch));
      }
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

  async #reconcile(looks: readonly Look[]): Promise<void> {
    const standing = looks
      .filter(isUpToDate)
      .map((look) => ({ ...look, revision: look.row.desired_revision }));
    const written = await this.#write(looks.filter((look) => !isUpToDate(look)));
    const told = Promise.all([...written, ...standing].map((each) => this.#publish(each)));
    for (const { row } of written) this.#options.changes.announce({ kind: 'device', id: row.id });
    await told;
  }

  /** @returns those that were written; the others are looked at again */
  async #write(looks: readonly Look[]): Promise<Standing[]> {
    if (looks.length === 0) return [];
    const next = looks.map((look): Standing => ({ ...look, revision: look.row.desired_revision + 1 }));
    const records = next.map(({ row, revision, content }) => ({
      id: row.id,
      revision,
      document: { revision, ...content },
    }));
    const rows = await this.#options.db.query<{ id: string }>(writeSql, [JSON.stringify(records)]);
    const written = new Set(rows.map(({ id }) => id));
    for (const { row } of looks) if (!written.has(row.id)) this.#due.devices.add(row.id);
    return next.filter(({ row }) => written.has(row.id));
  }

  async #publish({ row, revision, content }: Standing): Promise<void> {
    if (this.#published.get(row.id) === revision || row.revoked_at) return;
    try {
      const document: Desired = { revision, ...content };
      await this.#options.publisher.publish(topics.device(row.id, 'desired'), document, { retain: true });
      this.#published.set(row.id, revision);
    } catch (caught) {
      // After the next connection everything is looked at again.
      if (!(caught instanceof HomeroomError) || caught.code !== 'broker_unavailable') throw caught;
    }
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

function isUpToDate({ row, content }: Look): boolean {
  if (!row.desired) return false;
  const { kiosk, screen, lock, audio } = row.desired;
  return isDeepStrictEqual({ kiosk, screen, lock, audio }, { ...content });
}

function noneDue(): Due {
  return { all: false, devices: new Set(), seats: new Set(), sessions: new Set(), broadcasts: new Set() };
}

function hasDue({ all, devices, seats, sessions, broadcasts }: Due): boolean {
  return all || [devices, seats, sessions, broadcasts].some(({ size }) => size > 0);
}
