/**
 * What follows from something that a relay says about a channel. Pure. Rules:
 * - what is said first after a connection, and what the broker replays, is adopted: it tells how things stand, and nobody
 *   is asked about how they came to stand so;
 * - a change that answers our command ends nothing by itself: the change's plan sees it;
 * - a change right after our command was carried out, and against it, is a relay that contradicts itself: a doubt;
 * - any other change was made at the relay itself: when it is against what is wanted it holds until it is let go, there
 *   or here.
 */
import type { ChannelRow } from './channel-row.ts';

/** One channel, as a relay told it. */
export interface ChannelReport {
  readonly channel: number;
  readonly on: boolean;
  /** The relay itself says that somebody holds it there; undefined when it does not say. */
  readonly isByHand?: boolean | undefined;
}

/** What of a channel's row it changes. */
export type Observed = Pick<
  ChannelRow,
  | 'is_on'
  | 'since'
  | 'off_since'
  | 'was_awake'
  | 'doubt'
  | 'override_on'
  | 'override_by'
  | 'override_who'
  | 'override_until'
>;

/** A relay may say its first answer twice; what it says against it within this time is no person's doing. */
export const contradictionMs = 2_000;
const answerWindowMs = 10_000;

const noOverride = {
  override_on: null,
  override_by: null,
  override_who: null,
  override_until: null,
} as const;

/**
 * @param isAdopted whether it is the first word of a connection, or a replay
 * @returns the row's observed fields as they are now
 */
export function observe(
  row: ChannelRow,
  { on, isByHand }: ChannelReport,
  { isAdopted, nowMs }: { isAdopted: boolean; nowMs: number },
): Observed {
  const now = new Date(nowMs);
  const isChanged = row.is_on !== on;
  const seen: Observed = {
    is_on: on,
    since: isChanged ? now : row.since,
    // While it was away it may have gone off, or power may have come anew: the careful guess each time.
    off_since: !on && (isChanged || isAdopted) ? now : row.off_since,
    was_awake: on && (isChanged || isAdopted) ? false : row.was_awake,
    doubt: row.doubt,
    override_on: row.override_on,
    override_by: row.override_by,
    override_who: row.override_who,
    override_until: row.override_until,
  };
  if (isByHand === true) return { ...seen, ...heldThere(on) };
  const isLetGo = isByHand === false && row.override_by === 'relay';
  if (isLetGo) return { ...seen, ...noOverride };
  if (!isChanged || isAdopted || row.is_on === null) return seen;
  return { ...seen, ...ofChange(row, on, nowMs) };
}

function ofChange(row: ChannelRow, on: boolean, nowMs: number): Partial<Observed> {
  const sinceSentMs = row.sent_at === null ? Number.POSITIVE_INFINITY : nowMs - row.sent_at.getTime();
  if (row.sent_on === on && sinceSentMs < answerWindowMs && row.action !== null) return { doubt: null };
  if (row.action === 'pulse') return {};
  if (
    row.sent_on === !on &&
    nowMs - (row.since?.getTime() ?? 0) < contradictionMs &&
    sinceSentMs < answerWindowMs
  )
    return { doubt: 'The relay answered twice, and not the same thing.' };
  const isAsWanted = row.wanted === null || row.wanted === on;
  if (isAsWanted) return row.override_by === 'relay' ? noOverride : {};
  return heldThere(on);
}

function heldThere(on: boolean) {
  return { override_on: on, override_by: 'relay', override_who: null, override_until: null } as const;
}
