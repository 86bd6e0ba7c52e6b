import type { Relay, RelayKind } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { type ChannelRow, channelColumns, toChannel } from './channel-row.ts';

/** A row of `relays`. */
export interface RelayRow {
  readonly id: string;
  readonly name: string;
  readonly kind: RelayKind;
  readonly room_id: string | null;
  readonly device_id: string | null;
  readonly topic: string | null;
  readonly credential_hash: string | null;
  readonly online: boolean;
  readonly last_seen_at: Date | null;
  readonly generation: 1 | 2 | null;
  readonly max_starts_per_s: number;
  readonly created_at: Date;
}

/** The columns of {@link RelayRow}, of `relays r`. */
export const relayColumns = `r.id, r.name, r.kind, r.room_id, r.device_id, r.topic, r.credential_hash, r.online, r.last_seen_at,
  r.generation, r.max_starts_per_s, r.created_at`;

/** @returns the relay as the API tells it. Pure. */
export function toRelay(row: RelayRow, channels: readonly ChannelRow[], nowMs: number): Relay {
  const { id, name, kind, online } = row;
  return {
    id,
    name,
    kind,
    room: row.room_id,
    device: row.device_id,
    topic: row.topic,
    online,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    maxStartsPerS: row.max_starts_per_s,
    channels: channels.map((channel) => toChannel(channel, { online, nowMs })),
  };
}

/** @returns the channels of relays, by relay, in their order */
export async function readChannels(
  db: Queryable,
  relays: readonly string[],
): Promise<ReadonlyMap<string, readonly ChannelRow[]>> {
  if (relays.length === 0) return new Map();
  const sql = `select ${channelColumns} from relay_channels c where c.relay_id = any($1) order by c.relay_id, c.channel`;
  const rows = await db.query<ChannelRow>(sql, [relays]);
  return Map.groupBy(rows, ({ relay_id }) => relay_id);
}
