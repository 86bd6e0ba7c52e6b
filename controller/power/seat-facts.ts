import type { Cec, DeviceInfo, DeviceState, Hdmi, SeatPower } from '@homeroom/protocol';
import { type ChannelRow, holdOf } from './channel-row.ts';
import { type PowerVotes, voteOnPower } from './vote.ts';

/** A seat with all that tells of its power; the channel's columns are null where no relay powers it. */
export interface SeatPowerRow {
  readonly seat: string;
  readonly seat_created_at: Date;
  readonly channel_row: ChannelRow | null;
  readonly online: boolean | null;
  readonly device: string | null;
  readonly state: DeviceState | null;
  readonly info: DeviceInfo | null;
  readonly hdmi: Hdmi | null;
  readonly cec: Cec | null;
  readonly last_seen_at: Date | null;
}

/** What a device said of its screen holds for so long after it was last heard. */
const freshMs = 90_000;

/** Two clocks that are both set differ by less. */
const clockSlackMs = 5_000;

/** @returns the seat's power as the API tells it. Pure. */
export function toSeatPower(row: SeatPowerRow, nowMs: number): SeatPower {
  const { channel_row: channel, online } = row;
  const verdict = voteOnPower(votesOf(row, nowMs), nowMs);
  const hold = channel && holdOf(channel, nowMs);
  return {
    seat: row.seat,
    wanted: channel?.wanted == null ? null : channel.wanted ? 'on' : 'off',
    state: verdict.state,
    reason: verdict.reason,
    since: new Date(verdict.sinceMs ?? row.seat_created_at.getTime()).toISOString(),
    relay: channel && {
      id: channel.relay_id,
      channel: channel.channel,
      on: online === true ? channel.is_on : null,
      online: online === true,
      since: channel.since?.toISOString() ?? null,
    },
    override: hold
      ? { on: hold.on, by: hold.by, who: hold.who, until: hold.until?.toISOString() ?? null }
      : null,
    waitsFor: channel?.waits_for ?? null,
    fault: channel?.fault ?? null,
  };
}

/** @returns who says what about a seat's power */
export function votesOf(row: SeatPowerRow, nowMs: number): PowerVotes {
  const { channel_row: channel, online, state, last_seen_at: seenAt } = row;
  const heardMs = seenAt?.getTime() ?? null;
  // What a device said before it went is not known of now.
  const isFresh = state?.state !== 'disconnected' && heardMs !== null && nowMs - heardMs < freshMs;
  return {
    relay: channel && {
      isOnline: online === true,
      isOn: channel.is_on,
      sinceMs: channel.since?.getTime() ?? null,
      doubt: channel.doubt,
    },
    agent:
      row.device === null
        ? null
        : {
            state: state?.state ?? 'never',
            hasShutDown: hasShutDown(row),
            readySinceMs: readySinceOf(row),
            heardMs,
          },
    hasSignal: isFresh ? signalOf(row.hdmi) : null,
    cec: isFresh ? televisionOf(row.cec) : null,
  };
}

/** By the device's own clock: one that was not set yet says a time before its seat was made, or after it was heard. */
function readySinceOf({ state, seat_created_at: madeAt, last_seen_at: seenAt }: SeatPowerRow): number | null {
  if (state?.state !== 'ready') return null;
  const sinceMs = Date.parse(state.since);
  const isBelieved = sinceMs >= madeAt.getTime() && sinceMs <= (seenAt?.getTime() ?? 0) + clockSlackMs;
  return isBelieved ? sinceMs : null;
}

/** A word of before power came is none of now: the machine may be starting. */
function hasShutDown({ state, channel_row: channel }: SeatPowerRow): boolean {
  if (state?.state !== 'disconnected' || state.reason !== 'shutdown') return false;
  return channel?.is_on !== true || channel.was_awake;
}

function signalOf(hdmi: Hdmi | null): boolean | null {
  return hdmi?.connectors.some(({ connected, mode }) => connected && mode !== null) ?? null;
}

function televisionOf(cec: Cec | null): PowerVotes['cec'] {
  const said = cec?.adapters.map(({ power }) => power) ?? [];
  if (said.includes('on')) return 'on';
  return said.includes('standby') ? 'standby' : null;
}
