/**
 * The statements by which changes of power are worked on. Taking one moves its `look_again_at` beyond the longest step:
 * that is the lease, and it ends by itself if the process dies. What is heard meanwhile moves it back. Every write has the
 * change's own id as its condition: whoever asked for something else is not overwritten.
 */
import type { Prepared, Queryable } from '../store/database.ts';
import { type ChannelRow, channelColumns } from './channel-row.ts';
import type { RelayRow } from './relay-row.ts';

/** Longer than a shutdown's answer. */
export const leaseMs = 25_000;

/** A change with what it is decided by. */
export type TakenChange = ChannelRow &
  Pick<RelayRow, 'kind' | 'device_id' | 'topic' | 'generation' | 'online'> & {
    readonly change_id: string;
    readonly asked_at: Date;
    readonly expires_at: Date;
    /** The computer that hangs on it; null where none does. */
    readonly computer: string | null;
    readonly computer_state: {
      readonly state: 'ready' | 'disconnected' | 'lost';
      readonly reason?: string;
    } | null;
    readonly is_simulated: boolean;
  };

const takeSql: Prepared = {
  name: 'power.take',
  text: `
with due as (
  select relay_id, channel from relay_channels
  where look_again_at <= now() and action is not null
  order by look_again_at limit $1 for update skip locked
), c as (
  update relay_channels t set look_again_at = now() + interval '${leaseMs} milliseconds'
  from due where t.relay_id = due.relay_id and t.channel = due.channel returning t.*
)
select ${channelColumns}, r.kind, r.device_id, r.topic, r.generation, r.online, d.id as computer, d.state as computer_state,
  coalesce(d.info->'capabilities' ? 'simulated', false) as is_simulated
from c join relays r on r.id = c.relay_id
  left join devices d on c.load = 'seat' and d.seat_id = c.seat_id and d.revoked_at is null
order by c.asked_at, c.channel`,
};

/** Take changes that are due; nobody else works on them meanwhile. */
export async function takeDueChanges(db: Queryable, limit: number): Promise<TakenChange[]> {
  return await db.query<TakenChange>(takeSql, [limit]);
}

/** @returns in how many milliseconds the next one is due; undefined when none is */
export async function nextDueMs(db: Queryable): Promise<number | undefined> {
  const sql = `select extract(epoch from min(look_again_at) - now()) * 1000 as "inMs" from relay_channels
    where look_again_at is not null and action is not null`;
  const [row] = await db.query<{ inMs: string | null }>(sql);
  return row?.inMs == null ? undefined : Math.max(0, Number(row.inMs));
}

/** What of a change is written; what is not named stays. */
export interface ChangeUpdate {
  readonly action?: 'on' | 'cycle';
  readonly shutdownAskedAt?: Date | null;
  readonly shutDownAt?: Date | null;
  readonly wasAwake?: true;
  readonly waitsFor?: string | null;
  /** When to look again; at once when absent. */
  readonly lookAgainAt?: Date;
}

/**
 * Heard of since it was taken, it stays due: what was decided may be older than the news. By the clock and not by
 * `now()`, which is this statement's start.
 */
const updateSql: Prepared = {
  name: 'power.update',
  text: `
update relay_channels set
  action = coalesce($4, action), sends = case when $4::text is null then sends else 0 end,
  shutdown_asked_at = case when $5 then $6 else shutdown_asked_at end,
  shut_down_at = case when $7 then $8 else shut_down_at end,
  was_awake = was_awake or $9, waits_for = case when $10 then $11 else waits_for end,
  look_again_at = case when look_again_at <= clock_timestamp() then look_again_at else coalesce($12, clock_timestamp()) end
where relay_id = $1 and channel = $2 and change_id = $3
returning channel`,
};

/** @returns false when the change is not the channel's any more */
export async function updateChange(
  db: Queryable,
  { relay_id, channel, change_id }: TakenChange,
  update: ChangeUpdate,
): Promise<boolean> {
  const { action, shutdownAskedAt, shutDownAt, wasAwake = false, waitsFor, lookAgainAt } = update;
  const rows = await db.query(updateSql, [
    relay_id,
    channel,
    change_id,
    action ?? null,
    shutdownAskedAt !== undefined,
    shutdownAskedAt ?? null,
    shutDownAt !== undefined,
    shutDownAt ?? null,
    wasAwake,
    waitsFor !== undefined,
    waitsFor ?? null,
    lookAgainAt ?? null,
  ]);
  return rows.length > 0;
}

/** @param fault why it failed, as a sentence; null when it was carried out @returns false when it is not the channel's any more */
export async function endChange(
  db: Queryable,
  { relay_id, channel, change_id }: TakenChange,
  fault: string | null,
): Promise<boolean> {
  const sql = `
    update relay_channels set action = null, change_id = null, is_forced = false, shutdown_asked_at = null, shut_down_at = null,
      waits_for = null, fault = $4, look_again_at = null
    where relay_id = $1 and channel = $2 and change_id = $3 returning channel`;
  return (await db.query(sql, [relay_id, channel, change_id, fault])).length > 0;
}

/** One start after the other, whoever asks: the relay's own row is the gate. */
const startSql = `
update relays set last_start_at = clock_timestamp()
where id = $1 and (last_start_at is null or last_start_at <= clock_timestamp() - make_interval(secs => 1.0 / max_starts_per_s))
returning id`;

const turnSql = `
select greatest(0, extract(epoch from last_start_at + make_interval(secs => 1.0 / max_starts_per_s) - clock_timestamp())) * 1000 as "inMs"
from relays where id = $1`;

const sendSql = `
update relay_channels set sent_at = clock_timestamp(), sent_on = $5, sends = sends + 1, waits_for = null,
  look_again_at = clock_timestamp() + make_interval(secs => $6)
where relay_id = $1 and channel = $2 and change_id = $3 and sends = $4
returning channel`;

/**
 * Write down that a command is sent, before it is: after a crash nobody has to guess.
 *
 * @param isStart whether it must wait for its turn among the relay's starts
 * @returns `send`; `lost` when the change is not ours any more; or in how many milliseconds its turn may come
 */
export async function noteSend(
  db: Queryable,
  { relay_id, channel, change_id, sends }: TakenChange,
  { on, isStart, answerS }: { on: boolean; isStart: boolean; answerS: number },
): Promise<'send' | 'lost' | number> {
  if (isStart && (await db.query(startSql, [relay_id])).length === 0) {
    const [turn] = await db.query<{ inMs: string }>(turnSql, [relay_id]);
    return turn ? Math.ceil(Number(turn.inMs)) : 'lost';
  }
  const rows = await db.query(sendSql, [relay_id, channel, change_id, sends, on, answerS]);
  return rows.length > 0 ? 'send' : 'lost';
}
