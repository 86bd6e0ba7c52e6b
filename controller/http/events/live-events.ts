import type { ServerResponse } from 'node:http';
import { type Change, type Device, HomeroomError, type Session, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { RoomAccess } from '../../fleet/room-access.ts';
import type { Changes } from '../../store/changes.ts';
import { hasRole } from '../access.ts';
import type { Caller } from '../caller.ts';
import { EventClient } from './event-client.ts';
import { type About, type Listener, mayHear } from './hearing.ts';

const pingEveryMs = 15_000;
/** After so long a page has to show its cookie again. */
const maxLifetimeMs = 15 * 60_000;
const maxClients = 2_000;
/** One page holds one; a browser with many tabs, several. */
const maxClientsPerCaller = 20;

export interface LiveEventsOptions {
  readonly changes: Changes;
  readonly sessions: { get(id: string): Promise<Session | undefined> };
  readonly devices: { get(id: string): Promise<Device | undefined> };
  readonly roomAccess: Pick<RoomAccess, 'teachersOf'>;
  readonly logger: Logger;
}

interface Seated extends Listener {
  readonly client: EventClient;
  readonly closesAtMs: number;
  seat: string | null;
  lastSession: string | null;
}

/**
 * The pages that listen to changes. Rules: a page hears only what its caller may see; nobody waits
 * for a slow page; a page that cannot be judged (the database is away) is disconnected, since it
 * fetches everything when it is back.
 */
export class LiveEvents {
  readonly #options: LiveEventsOptions;
  readonly #listeners = new Set<Seated>();
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: LiveEventsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#unsubscribe = this.#options.changes.subscribe((change) => {
      this.#tell(change).catch((caught) =>
        this.#options.logger.warn({ err: toError(caught) }, 'a change could not be told'),
      );
    });
    this.#timer = setInterval(() => this.#tick(), pingEveryMs);
  }

  stop(): void {
    this.#isStopped = true;
    this.#unsubscribe?.();
    clearInterval(this.#timer);
    for (const { client } of this.#listeners) client.end();
    this.#listeners.clear();
  }

  /**
   * Take a place before the answer begins, so that a full house is a problem document.
   *
   * @throws rate_limited when there are too many listeners, or too many of this caller; controller_stopping
   */
  reserve(caller: Caller): { open(response: ServerResponse): void } {
    if (this.#isStopped) throw new HomeroomError('controller_stopping');
    const own = [...this.#listeners].filter((listener) => idOf(listener.caller) === idOf(caller));
    if (this.#listeners.size >= maxClients || own.length >= maxClientsPerCaller) {
      throw new HomeroomError('rate_limited', 'too many pages listen already', { retryAfterS: 30 });
    }
    return { open: (response) => this.#open(caller, response) };
  }

  #open(caller: Caller, response: ServerResponse): void {
    const client = new EventClient(response);
    const closesAtMs = Date.now() + maxLifetimeMs;
    const listener: Seated = { caller, client, closesAtMs, seat: null, lastSession: null };
    this.#listeners.add(listener);
    response.on('close', () => this.#listeners.delete(listener));
    client.open();
    this.#find(listener);
  }

  #tick(): void {
    const now = Date.now();
    for (const { client, closesAtMs } of this.#listeners) {
      if (closesAtMs < now) client.end();
      else client.ping();
    }
  }

  async #tell(change: Change): Promise<void> {
    if (this.#listeners.size === 0) return;
    const about = await this.#read(change);
    if (about === 'unknown') return;
    for (const listener of this.#listeners) {
      if (mayHear(listener, change, about)) listener.client.send(change);
      this.#learn(listener, change, about.session);
    }
  }

  async #read(change: Change): Promise<About | 'unknown'> {
    const { sessions, roomAccess } = this.#options;
    const isTeacherThere = [...this.#listeners].some(({ caller }) => isTeacher(caller));
    try {
      const [session, teachers] = await Promise.all([
        change.kind === 'session' ? sessions.get(change.id) : undefined,
        // Who comes while this is looked up fetches everything anyway.
        isTeacherThere ? roomAccess.teachersOf(change) : new Set<string>(),
      ]);
      return { session, teachers };
    } catch (caught) {
      this.#options.logger.warn(
        { err: toError(caught) },
        'pages are disconnected: nobody knows who may hear what',
      );
      for (const { client } of this.#listeners) client.end();
      return 'unknown';
    }
  }

  #learn(listener: Seated, change: Change, session: Session | undefined): void {
    if (session && session.seat !== null && session.seat === listener.seat) listener.lastSession = session.id;
    if (change.kind === 'device' && change.id === listener.caller.kiosk?.deviceId) this.#find(listener);
  }

  /** Find the seat of a kiosk; a failure ends the connection, and the page tries again. */
  #find(listener: Seated): void {
    const { kiosk } = listener.caller;
    if (!kiosk) return;
    this.#options.devices.get(kiosk.deviceId).then(
      (device) => {
        listener.seat = device?.seat ?? null;
      },
      () => listener.client.end(),
    );
  }
}

function isTeacher(caller: Caller): boolean {
  return hasRole(caller, 'teacher') && !hasRole(caller, 'admin');
}

function idOf({ person, kiosk }: Caller): string | undefined {
  return person?.idHash ?? kiosk?.idHash;
}
