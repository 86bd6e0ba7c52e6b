import {
  type CreateRelayRequest,
  HomeroomError,
  type PatchRelayRequest,
  type RelayChannelRequest,
  type Relay as Told,
} from '@homeroom/protocol';
import type { BrokerCredentials, RelayLogin } from '../fleet/ports.ts';
import type { Actor } from '../store/actor.ts';
import { differenceOf } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { beginChange } from './change-request.ts';
import { type ChannelRow, channelColumns, holdOf } from './channel-row.ts';
import { insertRelay } from './insert-relay.ts';
import { recordPower } from './record-power.ts';
import { createRelayPassword, hashRelayPassword } from './relay-credentials.ts';
import { type RelayRow, readChannels, relayColumns, toRelay } from './relay-row.ts';
import { relayUserPrefix } from './relay-topics.ts';

export interface RelaysOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  readonly brokerCredentials: Pick<BrokerCredentials, 'putRelay' | 'removeRelay'>;
}

const selectSql = `select ${relayColumns} from relays r`;

const updateSql = `
update relays set name = $2, room_id = $3, max_starts_per_s = $4, credential_hash = $5 where id = $1`;

const updateChannelSql = `
update relay_channels set name = $3, load = $4, seat_id = $5, minimum_off_s = $6, was_awake = case when seat_id is distinct from $5 then false else was_awake end
where relay_id = $1 and channel = $2`;

/** Relays and what hangs on their channels. */
export class Relays {
  readonly #options: RelaysOptions;

  constructor(options: RelaysOptions) {
    this.#options = options;
  }

  /** @param teacher of their rooms alone; all when null @throws database_unavailable */
  async page(page: PageRequest, teacher: string | null = null): Promise<Page<Told>> {
    const { db } = this.#options;
    const sql = `${selectSql} where $1::uuid is null or exists (
      select from room_teachers t where t.room_id = r.room_id and t.user_id = $1)`;
    const rows = await readPage<RelayRow, RelayRow>(db, {
      sql,
      values: [teacher],
      page,
      toItem: (row) => row,
    });
    const channels = await readChannels(
      db,
      rows.items.map(({ id }) => id),
    );
    return { ...rows, items: rows.items.map((row) => toRelay(row, channels.get(row.id) ?? [], Date.now())) };
  }

  /** @returns undefined when there is no such relay @throws database_unavailable */
  async get(id: string): Promise<Told | undefined> {
    const { db } = this.#options;
    const [row] = await db.query<RelayRow>(`${selectSql} where r.id = $1`, [id]);
    return row && toRelay(row, (await readChannels(db, [id])).get(id) ?? [], Date.now());
  }

  /**
   * Make a relay known. One that comes to the broker by itself gets a credential, told this once.
   *
   * @throws request_invalid when kind, device and topic do not go together, device_unknown, not_found when there is no
   *   such room, conflict when the id, the topic or the device is another relay's, broker_unavailable
   */
  async create(request: CreateRelayRequest, actor: Actor): Promise<Told> {
    const password = request.kind === 'device' ? null : createRelayPassword();
    await this.#options.db.transaction(async (tx) => {
      await insertRelay(tx, request, password);
      const { id: subject, ...after } = request;
      await recordPower(tx, { action: 'relay.create', subject, actor, after });
    });
    const relay = await this.#announced(request.id);
    return password === null ? relay : await this.#withCredential(relay, password);
  }

  /** @throws not_found, request_invalid for the credential of a device's relay, database_unavailable, broker_unavailable */
  async change(id: string, patch: PatchRelayRequest, actor: Actor): Promise<Told> {
    const { renewCredential, ...fields } = patch;
    const password = renewCredential ? createRelayPassword() : null;
    await this.#options.db.transaction(async (tx) => {
      const [row] = await tx.query<RelayRow>(`${selectSql} where r.id = $1 for update`, [id]);
      if (!row) throw new HomeroomError('not_found');
      if (password !== null && row.kind === 'device')
        throw new HomeroomError('request_invalid', 'renewCredential: it comes by its device’s credential');
      const before = { name: row.name, room: row.room_id, maxStartsPerS: row.max_starts_per_s };
      const after = { ...before, ...fields };
      const hash = password === null ? row.credential_hash : hashRelayPassword(password);
      await told(() => tx.query(updateSql, [id, after.name, after.room, after.maxStartsPerS, hash]));
      const details = password === null ? {} : { credential: 'renewed' };
      await recordPower(tx, {
        action: 'relay.change',
        subject: id,
        actor,
        details,
        ...differenceOf(before, after),
      });
    });
    const relay = await this.#announced(id);
    return password === null ? relay : await this.#withCredential(relay, password);
  }

  /** Forget a relay, and let it in no more. @throws not_found, database_unavailable, broker_unavailable */
  async remove(id: string, actor: Actor): Promise<void> {
    const { db, changes, brokerCredentials } = this.#options;
    await db.transaction(async (tx) => {
      const sql = 'delete from relays where id = $1 returning name, kind';
      const [before] = await tx.query<{ name: string; kind: string }>(sql, [id]);
      if (!before) throw new HomeroomError('not_found');
      await recordPower(tx, { action: 'relay.remove', subject: id, actor, before });
    });
    changes.announce({ kind: 'relay', id });
    changes.announce({ kind: 'credential', id: `${relayUserPrefix}${id}` });
    await brokerCredentials.removeRelay(id);
  }

  /** Say what hangs on a channel. @throws not_found, seat_unknown, conflict when the seat hangs on another channel */
  async setChannel(id: string, channel: number, request: RelayChannelRequest, actor: Actor): Promise<Told> {
    await this.#options.db.transaction(async (tx) => {
      const row = await lockChannel(tx, id, channel);
      const before = { name: row.name, load: row.load, seat: row.seat_id, minimumOffS: row.minimum_off_s };
      const after = { ...before, ...request };
      const seat = after.load === 'other' ? null : after.seat;
      await refuseOwnPower(tx, id, seat);
      await told(
        () => tx.query(updateChannelSql, [id, channel, after.name, after.load, seat, after.minimumOffS]),
        'seat_unknown',
      );
      const details = { channel };
      await recordPower(tx, {
        action: 'relay.channel',
        subject: id,
        actor,
        details,
        ...differenceOf(before, after),
      });
    });
    return await this.#announced(id);
  }

  /**
   * Switch a channel that powers no seat's computer.
   *
   * @throws not_found, relay_channel_guarded when it powers one, database_unavailable
   */
  async switchChannel(id: string, channel: number, on: boolean, actor: Actor): Promise<Told> {
    await this.#options.db.transaction(async (tx) => {
      const row = await lockChannel(tx, id, channel);
      if (row.load === 'seat' && row.seat_id !== null) throw new HomeroomError('relay_channel_guarded');
      // Whoever switches it here lets it go of the hand at the relay.
      if (holdOf(row, Date.now())) await letGo(tx, row);
      await beginChange(tx, row, { action: on ? 'on' : 'off', isForced: false });
      await recordPower(tx, { action: 'relay.switch', subject: id, actor, details: { channel, on } });
    });
    return await this.#announced(id);
  }

  async #announced(id: string): Promise<Told> {
    this.#options.changes.announce({ kind: 'relay', id });
    const relay = await this.get(id);
    if (!relay) throw new HomeroomError('not_found');
    return relay;
  }

  async #withCredential(relay: Told, password: string): Promise<Told> {
    const { changes, brokerCredentials } = this.#options;
    if (relay.kind === 'device') return relay;
    const login: RelayLogin = { id: relay.id, speaks: relay.kind, topic: relay.topic ?? relay.id };
    changes.announce({ kind: 'credential', id: `${relayUserPrefix}${relay.id}` });
    await brokerCredentials.putRelay(login, password);
    return { ...relay, credential: { username: `${relayUserPrefix}${relay.id}`, password } };
  }
}

async function lockChannel(tx: Queryable, id: string, channel: number): Promise<ChannelRow> {
  const sql = `select ${channelColumns} from relay_channels c where relay_id = $1 and channel = $2 for update`;
  const [row] = await tx.query<ChannelRow>(sql, [id, channel]);
  if (!row) throw new HomeroomError('not_found');
  return row;
}

/** It could switch itself off, and never on again. @throws request_invalid */
async function refuseOwnPower(tx: Queryable, id: string, seat: string | null): Promise<void> {
  const sql =
    'select from relays r join devices d on d.id = r.device_id where r.id = $1 and d.seat_id::text = $2';
  if ((await tx.query(sql, [id, seat])).length > 0)
    throw new HomeroomError('request_invalid', 'seat: the relay is that of this seat’s own device');
}

/** Nobody holds the channel any more. */
export async function letGo(tx: Queryable, row: Pick<ChannelRow, 'relay_id' | 'channel'>): Promise<void> {
  await tx.query(
    `update relay_channels set override_on = null, override_by = null, override_who = null, override_until = null, doubt = null
     where relay_id = $1 and channel = $2`,
    [row.relay_id, row.channel],
  );
}

/** What the database refuses, as an answer. */
async function told<T>(
  write: () => Promise<T>,
  unknown: 'not_found' | 'seat_unknown' = 'not_found',
): Promise<T> {
  try {
    return await write();
  } catch (caught) {
    const kind = violationOf(caught)?.kind;
    if (kind === 'foreign-key') throw new HomeroomError(unknown, undefined, { cause: caught });
    if (kind === 'unique')
      throw new HomeroomError('conflict', 'The seat hangs on another channel.', { cause: caught });
    throw caught;
  }
}
