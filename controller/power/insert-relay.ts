import { type CreateRelayRequest, HomeroomError } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { isUuid } from '../store/uuid.ts';
import { hashRelayPassword } from './relay-credentials.ts';
import { isRelayLevel, relayUserPrefix } from './relay-topics.ts';

const insertSql = `
insert into relays (id, name, kind, room_id, device_id, topic, credential_hash, max_starts_per_s, online)
values ($1, $2, $3, $4, $5, $6, $7, $8, exists (select from devices where id = $5 and state->>'state' = 'ready'))`;

const insertChannelsSql = `
insert into relay_channels (relay_id, channel, name)
select $1, n, 'Channel ' || n + 1 from generate_series(0, $2 - 1) n`;

/** A device has told of its lines already. */
const adoptSql = `
update relay_channels c set name = coalesce(nullif(told.name, ''), c.name), is_on = told."on", since = now(),
  off_since = case when told."on" then null else now() end
from devices d, jsonb_to_recordset(d.relays->'channels') as told(channel integer, name text, "on" boolean)
where c.relay_id = $1 and d.id = $2 and told.channel = c.channel`;

/**
 * Make a relay and its channels.
 *
 * @throws request_invalid, device_unknown, not_found when there is no such room, conflict
 */
export async function insertRelay(
  tx: Queryable,
  request: CreateRelayRequest,
  password: string | null,
): Promise<void> {
  const fault = faultOf(request);
  if (fault !== undefined) throw new HomeroomError('request_invalid', fault);
  const { id, name = id, kind, room, device, topic, channels, maxStartsPerS } = request;
  if (room !== null && !isUuid(room)) throw new HomeroomError('not_found');
  const hash = password === null ? null : hashRelayPassword(password);
  // On an external broker they would be one account.
  const twins = await tx.query('select from devices where id = $1', [`${relayUserPrefix}${id}`]);
  if (twins.length > 0)
    throw new HomeroomError('conflict', 'A device has the user name that this relay would have.');
  try {
    await tx.query(insertSql, [id, name, kind, room, device, topic, hash, maxStartsPerS]);
  } catch (caught) {
    throw refusalOf(caught);
  }
  await tx.query(insertChannelsSql, [id, channels]);
  if (device !== null) await tx.query(adoptSql, [id, device]);
}

/** @returns what of the request does not go together */
function faultOf({ kind, device, topic }: CreateRelayRequest): string | undefined {
  if ((kind === 'device') !== (device !== null))
    return 'device: relays of kind `device` have one, others have none';
  const isForeign = kind === 'tasmota' || kind === 'shelly';
  if (isForeign !== (topic !== null)) return 'topic: Tasmota and Shelly relays have one, others have none';
  if (topic !== null && !isRelayLevel(topic)) return 'topic: this word means something else on the broker';
  return undefined;
}

function refusalOf(caught: unknown): unknown {
  const violation = violationOf(caught);
  if (violation?.kind === 'unique')
    return new HomeroomError('conflict', 'That id, topic or device is another relay’s.', { cause: caught });
  if (violation?.kind !== 'foreign-key') return caught;
  const code = violation.constraint.includes('device') ? 'device_unknown' : 'not_found';
  return new HomeroomError(code, undefined, { cause: caught });
}
