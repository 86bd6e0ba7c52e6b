/** Writes what relays said into their rows. */
import type { Database, Queryable } from '../store/database.ts';
import { type ChannelRow, channelColumns } from './channel-row.ts';
import type { RelayWord } from './dialects/relay-dialect.ts';
import { observe } from './observation.ts';

export interface SpokenWord {
  readonly relay: string;
  readonly word: RelayWord;
  readonly generation: 1 | 2 | null;
  /** Whether it tells how a channel stands, and not that it was switched. */
  readonly isAdopted: (channel: number) => boolean;
  readonly nowMs: number;
}

const seenSql = `
with old as (select id, online from relays where id = $1 for update)
update relays r set online = coalesce($2, r.online), last_seen_at = to_timestamp($3 / 1000.0),
  generation = coalesce($4, r.generation)
from old where r.id = old.id
returning old.online is distinct from r.online as "isNews"`;

const channelsSql = `
select ${channelColumns} from relay_channels c
where relay_id = $1 and (channel = any($2) or action is not null) order by channel for update`;

/** Whoever carries out a change looks again, whatever was said. */
const observedSql = `
update relay_channels set is_on = $3, since = $4, off_since = $5, was_awake = $6, doubt = $7, override_on = $8,
  override_by = $9, override_who = $10, override_until = $11, look_again_at = case when action is not null then clock_timestamp() end
where relay_id = $1 and channel = $2`;

/**
 * Write down what a relay said.
 *
 * @returns whether it was news; false for a relay that is not known any more
 * @throws database_unavailable
 */
export async function writeWord(db: Pick<Database, 'transaction'>, spoken: SpokenWord): Promise<boolean> {
  const { relay, word, generation, nowMs } = spoken;
  return await db.transaction(async (tx) => {
    const [seen] = await tx.query<{ isNews: boolean }>(seenSql, [
      relay,
      word.isOnline ?? null,
      nowMs,
      generation,
    ]);
    if (!seen) return false;
    const told = word.channels.map(({ channel }) => channel);
    const rows = await tx.query<ChannelRow>(channelsSql, [relay, told]);
    let isNews = seen.isNews;
    for (const row of rows) if (await writeChannel(tx, row, spoken)) isNews = true;
    return isNews;
  });
}

/** @returns whether it was news */
async function writeChannel(
  tx: Queryable,
  row: ChannelRow,
  { word, isAdopted, nowMs }: SpokenWord,
): Promise<boolean> {
  const report = word.channels.find(({ channel }) => channel === row.channel);
  const seen = report ? observe(row, report, { isAdopted: isAdopted(row.channel), nowMs }) : row;
  await tx.query(observedSql, [
    row.relay_id,
    row.channel,
    seen.is_on,
    seen.since,
    seen.off_since,
    seen.was_awake,
    seen.doubt,
    seen.override_on,
    seen.override_by,
    seen.override_who,
    seen.override_until,
  ]);
  return seen.is_on !== row.is_on || seen.doubt !== row.doubt || seen.override_on !== row.override_on;
}
