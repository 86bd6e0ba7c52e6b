/**
 * The power of seats, for whoever asks and whoever wants it changed: pages, class starts, the wall. A change is written
 * down and carried out by the reconciler; what is true is voted on each time.
 */
import { HomeroomError, type SeatPower, type SeatPowerRequest } from '@homeroom/protocol';
import type { DeviceCommands } from '../fleet/ports.ts';
import type { Actor } from '../store/actor.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { isUuid } from '../store/uuid.ts';
import { beginChange } from './change-request.ts';
import { type ChannelRow, channelColumns, type Hold, holdOf } from './channel-row.ts';
import { clockWords } from './clock-words.ts';
import { recordPower } from './record-power.ts';
import { letGo } from './relays.ts';
import { type SeatPowerRow, toSeatPower } from './seat-facts.ts';

export interface SeatPowersOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  readonly commands: Pick<DeviceCommands, 'send'>;
  readonly nowMs?: () => number;
}

const selectSql = `
select s.id as seat, s.created_at as seat_created_at, r.online, d.id as device, d.state, d.info, d.hdmi, d.cec, d.last_seen_at,
  ${channelColumns}
from seats s
  left join relay_channels c on c.seat_id = s.id and c.load = 'seat' left join relays r on r.id = c.relay_id
  left join devices d on d.seat_id = s.id and d.revoked_at is null`;

const lockSql = `
select ${channelColumns} from relay_channels c where c.seat_id = $1 and c.load = 'seat' for update`;

const holdSql = `
update relay_channels set override_on = $3, override_by = 'person', override_who = coalesce((select display_name from users where id = $6), $4),
  override_until = now() + make_interval(secs => $5), doubt = null
where relay_id = $1 and channel = $2`;

export class SeatPowers {
  readonly #options: SeatPowersOptions;
  readonly #nowMs: () => number;

  constructor(options: SeatPowersOptions) {
    this.#options = options;
    this.#nowMs = options.nowMs ?? Date.now;
  }

  /** @returns the power of every seat of a room, by the seats' names; none when there is no such room @throws database_unavailable */
  async ofRoom(roomId: string): Promise<SeatPower[]> {
    if (!isUuid(roomId)) return [];
    return await this.#read('where s.room_id = $1 order by s.name, s.id', roomId);
  }

  /** @returns undefined when there is no such seat @throws database_unavailable */
  async of(seatId: string): Promise<SeatPower | undefined> {
    if (!isUuid(seatId)) return undefined;
    return (await this.#read('where s.id = $1', seatId))[0];
  }

  /**
   * Have a seat's power changed; returns as soon as that is written down. Asked again, a change that is under way goes on.
   * A seat without a relay can be switched off all the same, by shutting its computer down: that is done at once.
   *
   * @throws seat_unknown, power_not_switchable, power_overridden when somebody holds it by hand, database_unavailable;
   *   and without a relay what the device answers: command_busy while it writes, device_offline …
   */
  async request(
    seatId: string,
    { action, force = false }: SeatPowerRequest,
    actor: Actor,
  ): Promise<SeatPower> {
    if (!isUuid(seatId)) throw new HomeroomError('seat_unknown');
    const relay = await this.#options.db.transaction(async (tx) => {
      const [row] = await tx.query<ChannelRow>(lockSql, [seatId]);
      if (!row) return undefined;
      const hold = holdOf(row, this.#nowMs());
      if (hold) throw new HomeroomError('power_overridden', await sentenceOf(tx, hold));
      await beginChange(tx, row, { action, isForced: force });
      await recordPower(tx, { action: 'seat.power', subject: seatId, actor, details: { action, force } });
      return row.relay_id;
    });
    if (relay === undefined) return await this.#withoutRelay(seatId, { action, force }, actor);
    return await this.#announced(seatId, relay);
  }

  /**
   * Hold a seat's power by hand, against whatever asks for something else; null lets it go. Held until a time, it stays as
   * it is after it.
   *
   * @throws seat_unknown, power_not_switchable, database_unavailable
   */
  async override(
    seatId: string,
    { on, forS }: { on: boolean | null; forS: number | null },
    actor: Actor,
  ): Promise<SeatPower> {
    if (!isUuid(seatId)) throw new HomeroomError('seat_unknown');
    const relay = await this.#options.db.transaction(async (tx) => {
      const [row] = await tx.query<ChannelRow>(lockSql, [seatId]);
      if (!row) return undefined;
      if (on === null) await letGo(tx, row);
      else await this.#hold(tx, row, { on, forS, actor });
      await recordPower(tx, { action: 'seat.power-override', subject: seatId, actor, details: { on, forS } });
      return row.relay_id;
    });
    if (relay === undefined) throw await this.#refusal(seatId);
    return await this.#announced(seatId, relay);
  }

  async #hold(
    tx: Queryable,
    row: ChannelRow,
    { on, forS, actor }: { on: boolean; forS: number | null; actor: Actor },
  ): Promise<void> {
    await tx.query(holdSql, [row.relay_id, row.channel, on, actor.username, forS, actor.userId]);
    await beginChange(tx, row, { action: on ? 'on' : 'off', isForced: false });
  }

  /** Only its computer can be told. */
  async #withoutRelay(
    seatId: string,
    { action, force }: Required<SeatPowerRequest>,
    actor: Actor,
  ): Promise<SeatPower> {
    const { db, commands } = this.#options;
    const [row] = await db.query<{ device: string | null }>(
      'select d.id as device from seats s left join devices d on d.seat_id = s.id where s.id = $1',
      [seatId],
    );
    if (!row) throw new HomeroomError('seat_unknown');
    if (action !== 'off' || row.device === null) throw new HomeroomError('power_not_switchable');
    await commands.send(row.device, 'shutdown', { force });
    await recordPower(db, { action: 'seat.power', subject: seatId, actor, details: { action, force } });
    return await this.#told(seatId);
  }

  async #announced(seatId: string, relay: string): Promise<SeatPower> {
    this.#options.changes.announce({ kind: 'relay', id: relay });
    return await this.#told(seatId);
  }

  async #told(seatId: string): Promise<SeatPower> {
    const power = await this.of(seatId);
    if (!power) throw new HomeroomError('seat_unknown');
    return power;
  }

  async #refusal(seatId: string): Promise<HomeroomError> {
    return new HomeroomError((await this.of(seatId)) ? 'power_not_switchable' : 'seat_unknown');
  }

  async #read(where: string, value: string): Promise<SeatPower[]> {
    const rows = await this.#options.db.query<FlatRow>(`${selectSql} ${where}`, [value]);
    const nowMs = this.#nowMs();
    return rows.map((row) => toSeatPower(seatRowOf(row), nowMs));
  }
}

/** One row of the join: the channel's columns are null where there is none. */
type FlatRow = Omit<SeatPowerRow, 'channel_row'> & ChannelRow & { readonly relay_id: string | null };

function seatRowOf(row: FlatRow): SeatPowerRow {
  return { ...row, channel_row: row.relay_id === null ? null : row };
}

async function sentenceOf(tx: Queryable, { by, who, until }: Hold): Promise<string> {
  const holder =
    by === 'relay' ? 'It was switched at the relay itself' : `${who ?? 'Somebody'} holds it by hand`;
  if (!until) return `${holder}.`;
  const [row] = await tx.query<{ zone: string }>('select school_time_zone() as zone');
  return `${holder} until ${clockWords(until, row?.zone ?? 'UTC')}.`;
}
