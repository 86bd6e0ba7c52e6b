import type { RelayChannel } from '@homeroom/protocol';

/** What a change does. `pulse` presses a button: on, and off again after a moment. */
export type PowerAction = 'on' | 'off' | 'cycle' | 'pulse';

/** A row of `relay_channels`. */
export interface ChannelRow {
  readonly relay_id: string;
  readonly channel: number;
  readonly name: string;
  readonly load: RelayChannel['load'];
  readonly seat_id: string | null;
  readonly minimum_off_s: number;
  readonly is_on: boolean | null;
  readonly since: Date | null;
  readonly off_since: Date | null;
  readonly was_awake: boolean;
  readonly doubt: string | null;
  readonly wanted: boolean | null;
  readonly override_on: boolean | null;
  readonly override_by: 'person' | 'relay' | null;
  readonly override_who: string | null;
  readonly override_until: Date | null;
  readonly action: PowerAction | null;
  readonly change_id: string | null;
  readonly is_forced: boolean;
  readonly asked_at: Date | null;
  readonly expires_at: Date | null;
  readonly shutdown_asked_at: Date | null;
  readonly shut_down_at: Date | null;
  readonly sent_at: Date | null;
  readonly sent_on: boolean | null;
  readonly sends: number;
  readonly waits_for: string | null;
  readonly fault: string | null;
}

/** The columns of {@link ChannelRow}, of `relay_channels c`. */
export const channelColumns = `c.relay_id, c.channel, c.name, c.load, c.seat_id, c.minimum_off_s, c.is_on, c.since, c.off_since,
  c.was_awake, c.doubt, c.wanted, c.override_on, c.override_by, c.override_who, c.override_until, c.action, c.change_id,
  c.is_forced, c.asked_at, c.expires_at, c.shutdown_asked_at, c.shut_down_at, c.sent_at, c.sent_on, c.sends, c.waits_for, c.fault`;

/** Who holds a channel by hand. */
export interface Hold {
  readonly on: boolean;
  readonly by: 'person' | 'relay';
  readonly who: string | null;
  readonly until: Date | null;
}

/** @returns who holds a channel by hand now; undefined when nobody does, or did until some time that is past. Pure. */
export function holdOf(
  row: Pick<ChannelRow, 'override_on' | 'override_by' | 'override_who' | 'override_until'>,
  nowMs: number,
): Hold | undefined {
  const { override_on: on, override_by: by, override_who: who, override_until: until } = row;
  if (on === null || by === null) return undefined;
  return until !== null && until.getTime() <= nowMs ? undefined : { on, by, who, until };
}

/** @returns the channel as the API tells it; of a relay that is away nobody knows what it does. Pure. */
export function toChannel(
  row: ChannelRow,
  { online, nowMs }: { online: boolean; nowMs: number },
): RelayChannel {
  return {
    channel: row.channel,
    name: row.name,
    load: row.load,
    seat: row.seat_id,
    on: online ? row.is_on : null,
    since: row.since?.toISOString() ?? null,
    wanted: row.wanted,
    isOverridden: holdOf(row, nowMs)?.by === 'relay',
    minimumOffS: row.minimum_off_s,
    fault: row.doubt ?? row.fault,
  };
}
