import {
  type Device,
  deviceStateLeaves,
  HomeroomError,
  type PatchDeviceRequest,
  toError,
  topics,
} from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Actor } from '../store/actor.ts';
import { differenceOf, record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { type Page, type PageRequest, readPage } from '../store/page.ts';
import { type DeviceCredentials, revokeCredential } from './device-credentials.ts';
import { type DeviceRow, deviceColumns, toDevice } from './device-row.ts';
import { decideHost } from './host-consent.ts';
import { placeDevice } from './place-device.ts';
import type { BrokerCredentials, TopicPublisher } from './ports.ts';
import { isRoomOf } from './room-access.ts';

export interface DevicesOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly credentials: DeviceCredentials;
  readonly brokerCredentials: BrokerCredentials;
  readonly publisher: TopicPublisher;
  readonly logger: Logger;
  /** Told of each device that was removed. */
  readonly onRemoved: (device: string) => void;
}

const selectSql = `select ${deviceColumns} from devices d left join seats s on s.id = d.seat_id`;

/** Columns that a patch sets as they come. */
const patchColumns = {
  name: 'name',
  page: 'desired_page',
  screen: 'desired_screen',
  lock: 'desired_lock',
  message: 'desired_message',
} as const satisfies Partial<Record<keyof PatchDeviceRequest, string>>;

/** What a patch may change, as the audit log names it. */
interface ChangeableRow {
  readonly id: string;
  readonly name: string;
  readonly seat: string | null;
  readonly page: string | null;
  readonly screen: string;
  readonly lock: boolean;
  readonly message: string | null;
}

const changeableSql = `
select id, name, seat_id as seat, desired_page as page, desired_screen as screen, desired_lock as lock, desired_message as message
from devices where id = $1 for update`;

const unlockSeatSql = `
delete from seat_locks l using devices d where d.id = $1 and l.seat_id = d.seat_id`;

/** What a patch concerns beside the device. */
interface Touched {
  readonly seats: string[];
  readonly givenUp: string[];
}

/** Devices as people see and change them. */
export class Devices {
  readonly #options: DevicesOptions;

  constructor(options: DevicesOptions) {
    this.#options = options;
  }

  /**
   * @param filter.teacher at seats of whose rooms alone; everywhere when null
   * @returns the devices, of one room when `room` is given
   * @throws database_unavailable
   */
  page(
    { room, teacher }: { room?: string | undefined; teacher?: string | null },
    page: PageRequest,
  ): Promise<Page<Device>> {
    const sql = `${selectSql} where ($1::uuid is null or s.room_id = $1) and ${isRoomOf('$2', 's.room_id')}`;
    return readPage(this.#options.db, {
      sql,
      values: [room ?? null, teacher ?? null],
      page,
      toItem: toDevice,
    });
  }

  /** @returns undefined when there is no such device @throws database_unavailable */
  async get(id: string): Promise<Device | undefined> {
    const [row] = await this.#options.db.query<DeviceRow>(`${selectSql} where d.id = $1`, [id]);
    return row && toDevice(row);
  }

  /**
   * Change what is wanted of a device. `revoked` withdraws its credential and cuts it off at once; `host` says whether
   * it may run desktops: those that run stay.
   *
   * @returns the device afterwards
   * @throws device_unknown, seat_unknown, conflict when another device is on the seat, database_unavailable,
   * broker_unavailable when an external broker could not be told of the revocation: repeat it
   */
  async patch(id: string, patch: PatchDeviceRequest, actor: Actor): Promise<Device> {
    const { db, changes, brokerCredentials } = this.#options;
    const { seats, givenUp } = await db.transaction((tx) => this.#patchRow(tx, id, patch, actor));
    if (patch.revoked) {
      changes.announce({ kind: 'credential', id });
      await brokerCredentials.remove(id);
    }
    changes.announce({ kind: 'device', id });
    for (const seat of seats) changes.announce({ kind: 'seat', id: seat });
    for (const desktop of givenUp) changes.announce({ kind: 'desktop', id: desktop });
    const device = await this.get(id);
    if (!device) throw new HomeroomError('device_unknown');
    return device;
  }

  /**
   * Forget a device: its row, its credential and what the broker keeps of it.
   *
   * @throws device_unknown, database_unavailable
   */
  async remove(id: string, actor: Actor): Promise<void> {
    const { db, changes, brokerCredentials, onRemoved } = this.#options;
    await db.transaction(async (tx) => {
      const sql = 'delete from devices where id = $1 returning name, seat_id';
      const [gone] = await tx.query<{ name: string; seat_id: string | null }>(sql, [id]);
      if (!gone) throw new HomeroomError('device_unknown');
      await this.#auditRemoval(tx, id, gone.name, actor);
    });
    changes.announce({ kind: 'credential', id });
    await brokerCredentials.remove(id);
    onRemoved(id);
    await this.clearTopics(id);
    changes.announce({ kind: 'device', id });
  }

  /** @returns whether this is the device's own password @throws database_unavailable */
  authenticate(id: string, password: string): Promise<boolean> {
    return this.#options.credentials.authenticate(id, password);
  }

  /** Have the broker forget what it keeps of a device. Failing, it is tried again when the device is heard. */
  async clearTopics(id: string): Promise<void> {
    const { publisher, logger } = this.#options;
    try {
      const leaves = [...deviceStateLeaves, 'desired' as const];
      const clear = (leaf: (typeof leaves)[number]) =>
        publisher.publish(topics.device(id, leaf), undefined, { retain: true });
      await Promise.all(leaves.map(clear));
    } catch (caught) {
      logger.warn({ err: toError(caught), deviceId: id }, 'topics of a removed device could not be cleared');
    }
  }

  /** @returns the seats that are concerned, before and after, and the unused desktops that are given up */
  async #patchRow(tx: Queryable, id: string, patch: PatchDeviceRequest, actor: Actor): Promise<Touched> {
    const [before] = await tx.query<ChangeableRow>(changeableSql, [id]);
    if (!before) throw new HomeroomError('device_unknown');
    await setColumns(tx, id, patch);
    // A lock of the whole room ends with it, for this seat.
    if (patch.lock === false) await tx.query(unlockSeatSql, [id]);
    const { seat, revoked, host, ...plain } = patch;
    if (seat === null) await tx.query('update devices set seat_id = null where id = $1', [id]);
    else if (seat !== undefined) await placeDevice(tx, id, { seat });
    if (revoked) await revokeCredential(tx, id);
    if (revoked) await this.#audit(tx, 'device.revoke', id, actor);
    if (seat !== undefined || Object.keys(plain).length > 0) await this.#auditChange(tx, before, actor);
    const givenUp = await this.#decideHost(tx, id, { host, revoked }, actor);
    return { seats: [before.seat, seat].filter((seatId) => typeof seatId === 'string'), givenUp };
  }

  /** A device that was revoked is asked about anew when it is let in again. */
  async #decideHost(
    tx: Queryable,
    id: string,
    { host, revoked }: Pick<PatchDeviceRequest, 'host' | 'revoked'>,
    actor: Actor,
  ): Promise<string[]> {
    if (revoked) return (await decideHost(tx, id, { consent: null, decidedBy: null })).givenUp;
    if (host === undefined) return [];
    const consent = host ? 'allowed' : 'refused';
    const { isNews, givenUp } = await decideHost(tx, id, { consent, decidedBy: actor.userId });
    if (isNews) await this.#audit(tx, host ? 'device.allow-host' : 'device.refuse-host', id, actor);
    return givenUp;
  }

  async #auditChange(
    tx: Queryable,
    before: ChangeableRow,
    { userId, username, address }: Actor,
  ): Promise<void> {
    const [after = before] = await tx.query<ChangeableRow>(changeableSql, [before.id]);
    await record(tx, {
      actor: { id: userId, username },
      action: 'device.change',
      subject: before.id,
      ...differenceOf({ ...before }, { ...after }),
      address,
    });
  }

  #auditRemoval(
    tx: Queryable,
    id: string,
    name: string,
    { userId, username, address }: Actor,
  ): Promise<void> {
    const who = { id: userId, username };
    return record(tx, { actor: who, action: 'device.remove', subject: id, before: { name }, address });
  }

  #audit(tx: Queryable, action: string, id: string, { userId, username, address }: Actor): Promise<void> {
    return record(tx, { actor: { id: userId, username }, action, subject: id, address });
  }
}

async function setColumns(tx: Queryable, id: string, patch: PatchDeviceRequest): Promise<void> {
  const given = Object.entries(patchColumns)
    .map(([key, column]) => ({ column, value: patch[key as keyof typeof patchColumns] }))
    .filter(({ value }) => value !== undefined);
  if (given.length === 0) return;
  const assignments = given.map(({ column }, index) => `${column} = $${index + 2}`).join(', ');
  await tx.query(`update devices set ${assignments} where id = $1`, [id, ...given.map(({ value }) => value)]);
}
