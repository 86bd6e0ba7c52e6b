/** Rooms, teachers and students with desktops, on a real database: what the tests here share. */
import { Broadcasts } from '@homeroom/controller/broadcasts/broadcasts.ts';
import { OnlookerRule } from '@homeroom/controller/sessions/onlooker-rule.ts';
import { Onlookers } from '@homeroom/controller/sessions/onlookers.ts';
import { StreamViewStore } from '@homeroom/controller/sessions/stream-views.ts';
import { type Actor, systemActor } from '@homeroom/controller/store/actor.ts';
import type { Changes } from '@homeroom/controller/store/changes.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import type { Change } from '@homeroom/protocol';

export interface Place {
  readonly seatId: string;
  readonly deviceId: string;
}

/** What is heard in this process, by kind and id. */
export class HeardChanges implements Changes {
  readonly heard: string[] = [];
  readonly #listeners = new Set<(change: Change) => void>();

  announce(change: Change): void {
    this.heard.push(`${change.kind} ${change.id}`);
    for (const listener of this.#listeners) listener(change);
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export class TestSchool {
  readonly db: Database;
  readonly changes = new HeardChanges();
  readonly broadcasts: Broadcasts;
  readonly onlookers: Onlookers;
  readonly rule: OnlookerRule;
  readonly views: StreamViewStore;

  constructor(db: Database) {
    this.db = db;
    this.broadcasts = new Broadcasts({ db, changes: this.changes });
    this.onlookers = new Onlookers({ db });
    this.rule = new OnlookerRule({ db });
    this.views = new StreamViewStore({ db, changes: this.changes });
  }

  /** @returns a room with seats, each with a device */
  async room(name: string, seats: number): Promise<{ id: string; places: Place[] }> {
    const sql = 'insert into rooms (name) values ($1) returning id';
    const { id } = await this.#one<{ id: string }>(sql, [name]);
    const places = await this.db.query<Place>(
      `with made as (
         insert into seats (room_id, name) select $1, 'Seat ' || n from generate_series(1, $2) n returning id, name
       )
       insert into devices (id, name, seat_id) select $3 || '-' || right(name, 1), name, id from made
       returning id as "deviceId", seat_id as "seatId"`,
      [id, seats, name.toLowerCase()],
    );
    return { id, places: places.toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1)) };
  }

  /** @returns the id of a new account */
  async person(username: string, role: 'student' | 'teacher' | 'admin'): Promise<string> {
    const sql = `insert into users (username, display_name, role, account) values ($1, $2, $3, $1) returning id`;
    return (await this.#one<{ id: string }>(sql, [username, `Ms ${username}`, role])).id;
  }

  async giveRoom(roomId: string, teacherId: string): Promise<void> {
    await this.db.query('insert into room_teachers (room_id, user_id) values ($1, $2)', [roomId, teacherId]);
  }

  /** @returns the id of a live session with a desktop */
  async session(userId: string, seatId: string | null = null): Promise<string> {
    await this.db.query(
      `insert into templates (id, name, provider) values ('t', 'T', 'simulated') on conflict do nothing`,
    );
    const sql = `
      with d as (insert into desktops (template_id, provider, state) values ('t', 'simulated', 'claimed') returning id)
      insert into sessions (user_id, template_id, desktop_id, seat_id, state, assigned_at)
      select $1, 't', d.id, $2, 'active', now() from d returning id`;
    return (await this.#one<{ id: string }>(sql, [userId, seatId])).id;
  }

  async endSession(id: string): Promise<void> {
    const sql = `update sessions set state = 'ended', ended_at = now(), end_reason = 'logout', deadline_at = null where id = $1`;
    await this.db.query(sql, [id]);
  }

  /** As if so many seconds had passed. */
  async ageBroadcast(id: string, seconds: number): Promise<void> {
    const sql = `
      update broadcasts set started_at = started_at - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2)
      where id = $1`;
    await this.db.query(sql, [id, seconds]);
  }

  actorOf(userId: string): Actor {
    return { ...systemActor, userId, username: 'a teacher' };
  }

  async #one<T>(sql: string, values: readonly unknown[]): Promise<T> {
    const [row] = await this.db.query<T>(sql, values);
    if (!row) throw new Error('nothing was made');
    return row;
  }
}
