import { randomUUID } from 'node:crypto';
import type { Queryable } from '../store/database.ts';
import type { ChannelRow, PowerAction } from './channel-row.ts';

/** How long a change may take, beside a load's minimum time off. */
const lifeS: Record<PowerAction, number> = { on: 120, off: 240, cycle: 360, pulse: 20 };

/**
 * A computer that was told to shut down goes on doing so, whatever is asked for then: that is kept. The last command
 * stays, too: what the relay says next is its answer.
 */
const beginSql = `
update relay_channels set
  wanted = case when $3 = 'pulse' then wanted else $3 <> 'off' end, action = $3, change_id = $4, is_forced = $5,
  asked_at = now(), expires_at = now() + make_interval(secs => $6 + minimum_off_s),
  shut_down_at = null, sends = 0, waits_for = null, fault = null, look_again_at = now(),
  sent_at = case when $3 = 'pulse' then null else sent_at end, sent_on = case when $3 = 'pulse' then null else sent_on end
where relay_id = $1 and channel = $2`;

export interface ChangeRequest {
  readonly action: PowerAction;
  readonly isForced: boolean;
}

/**
 * Begin a change of a channel, in place of the one under way. The same one asked for again goes on as it is.
 *
 * @param row as it is now, locked by the caller's transaction
 */
export async function beginChange(
  tx: Queryable,
  row: Pick<ChannelRow, 'relay_id' | 'channel' | 'action' | 'is_forced'>,
  { action, isForced }: ChangeRequest,
): Promise<void> {
  if (row.action === action && (row.is_forced || !isForced)) return;
  await tx.query(beginSql, [row.relay_id, row.channel, action, randomUUID(), isForced, lifeS[action]]);
}
