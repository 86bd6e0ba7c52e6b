import { ruleOf } from '../desktops/provider-rules.ts';
import type { Database, Prepared } from '../store/database.ts';
import { estimateWaitS, type MakingTimes, type QueueFacts } from './queue-estimate.ts';

/** Of so many desktops of the template, made last; one that was stopped and started since tells nothing of its making. */
const measured = 20;
/** While making fails, one is tried at a time and nobody knows when it will succeed. */
const failuresBeforeDoubt = 3;
/** Where neither provider nor storage has a limit, only the pool's own size limits how many are made at once. */
const unlimited = 10_000;

/** A desktop that reports an obstacle (no host has a place) is on its way, but nobody knows for how long. */
const factsSql: Prepared = {
  name: 'sessions.queue-facts',
  text: `
with counted as (
  select count(*) filter (where state = 'ready') as ready,
    count(*) filter (where state = 'cold') as cold,
    count(*) as live,
    coalesce(array_agg(case when error is null then extract(epoch from now() - began_at) else 'Infinity' end::float8)
      filter (where state in ('creating', 'warming')), '{}') as on_their_way
  from desktops where template_id = $1 and state in ('creating', 'cold', 'warming', 'ready', 'cooling', 'claimed')
), lately as (
  select extract(epoch from ready_at - began_at)::float8 as took from desktops
  where template_id = $1 and ready_at >= began_at order by ready_at desc limit ${measured}
), making as (
  select percentile_cont(0.5) within group (order by took) as median,
    percentile_cont(0.9) within group (order by took) as slow, max(took) as longest
  from lately
), failed as (
  select count(*) as n from desktops where template_id = $1 and failed_at > now() - interval '1 minute'
), ends as (
  select coalesce(array_agg(greatest(extract(epoch from
      least(d.claimed_at + make_interval(secs => least(t.limit_s, s.limit_s)), case when l.at_end = 'end' then l.ends_at end) - now()
    )::float8, 0)), '{}') as certain
  from sessions s join desktops d on d.id = s.desktop_id join templates t on t.id = s.template_id
    left join lessons l on l.id = s.lesson_id
  where s.template_id = $1 and s.state in ('starting', 'active', 'detached')
    and (least(t.limit_s, s.limit_s) is not null or l.at_end = 'end')
)
select counted.*, making.*, failed.n as failed, ends.certain, coalesce(p.maximum, 0) as maximum, t.provider,
  (select x.at_once from provider_limits x where x.provider = t.provider and x.storage = '') as provider_at_once,
  (select x.at_once from provider_limits x
    where x.provider = t.provider and x.storage = t.storage and x.storage <> '') as storage_at_once
from templates t left join pools p on p.template_id = t.id, counted, making, failed, ends
where t.id = $1`,
};

interface FactsRow {
  readonly ready: number;
  readonly cold: number;
  readonly live: number;
  readonly on_their_way: readonly number[];
  readonly median: number | null;
  readonly slow: number | null;
  readonly longest: number | null;
  readonly failed: number;
  readonly certain: readonly number[];
  readonly maximum: number;
  readonly provider: string;
  readonly provider_at_once: number | null;
  readonly storage_at_once: number | null;
}

/** A class that asks at once asks for the same facts a thousand times. */
const keptMs = 1_000;
const maxTemplates = 1_000;

interface Kept {
  readonly atMs: number;
  readonly facts: Promise<QueueFacts | undefined>;
}

/** Estimates for those who wait. What is known of a template's queue is read once a second at most. */
export class QueueEstimates {
  readonly #db: Database;
  readonly #nowMs: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor({ db, nowMs = () => performance.now() }: { db: Database; nowMs?: () => number }) {
    this.#db = db;
    this.#nowMs = nowMs;
  }

  /**
   * @param place in the template's queue, from 1
   * @returns seconds; null when nothing tells
   * @throws database_unavailable
   */
  async waitS(templateId: string, place: number): Promise<number | null> {
    const facts = await this.#factsOf(templateId);
    return facts ? estimateWaitS(facts, place) : null;
  }

  #factsOf(templateId: string): Promise<QueueFacts | undefined> {
    const nowMs = this.#nowMs();
    const kept = this.#kept.get(templateId);
    if (kept && nowMs - kept.atMs < keptMs) return kept.facts;
    if (this.#kept.size >= maxTemplates) this.#kept.clear();
    const facts = readFacts(this.#db, templateId);
    this.#kept.set(templateId, { atMs: nowMs, facts });
    // A failure is told to those who asked together, and to nobody after them.
    facts.catch(() => this.#kept.delete(templateId));
    return facts;
  }
}

async function readFacts(db: Database, templateId: string): Promise<QueueFacts | undefined> {
  const [row] = await db.query<FactsRow>(factsSql, [templateId]);
  return row && toFacts(row);
}

function toFacts(row: FactsRow): QueueFacts {
  const room = Math.max(0, row.maximum - row.live) + row.cold;
  return {
    ready: row.ready,
    onTheirWay: row.on_their_way,
    making: makingOf(row),
    room: row.failed >= failuresBeforeDoubt ? 0 : room,
    atOnce: atOnceOf(row),
    certainEnds: row.certain,
  };
}

function atOnceOf({ provider, provider_at_once, storage_at_once }: FactsRow): number {
  return Math.min(provider_at_once ?? ruleOf(provider).atOnce ?? unlimited, storage_at_once ?? unlimited);
}

function makingOf({ median, slow, longest }: FactsRow): MakingTimes | undefined {
  if (median === null || slow === null || longest === null) return undefined;
  return { medianS: median, spreadS: Math.max(0, slow - median), longestS: longest };
}
