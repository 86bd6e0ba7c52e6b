import { ruleOf } from '../desktops/provider-rules.ts';
import type { Database, Prepared } from '../store/database.ts';
import { besideLessons, estimateWaitS, type MakingTimes, type QueueFacts } from './queue-estimate.ts';

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
select counted.*, making.*, failed.n as failed,
  (select coalesce(sum(wanted), 0)::integer from lesson_demand where template_id = $1) as kept, ends.certain, coalesce(p.maximum, 0) as maximum, t.provider,
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
  readonly kept: number;
  readonly certain: readonly number[];
  readonly maximum: number;
  readonly provider: string;
  readonly provider_at_once: number | null;
  readonly storage_at_once: number | null;
}

/** A class that asks at once asks for the same facts a thousand times. */
const keptMs = 1_000;
const maxTemplates = 1_000;

interface Known {
  readonly facts: QueueFacts;
  /** Desktops that are kept for those of lessons who have not come yet. */
  readonly kept: number;
}

interface Read {
  readonly atMs: number;
  readonly known: Promise<Known | undefined>;
}

/** Estimates for those who wait. What is known of a template's queue is read once a second at most. */
export class QueueEstimates {
  readonly #db: Database;
  readonly #nowMs: () => number;
  readonly #read = new Map<string, Read>();

  constructor({ db, nowMs = () => performance.now() }: { db: Database; nowMs?: () => number }) {
    this.#db = db;
    this.#nowMs = nowMs;
  }

  /**
   * @param waiting its place in the template's queue, from 1; who belongs to a lesson gets what is kept for lessons,
   *   everybody else what comes after that
   * @returns seconds; null when nothing tells
   * @throws database_unavailable
   */
  async waitS(
    templateId: string,
    { place, isOfLesson }: { place: number; isOfLesson: boolean },
  ): Promise<number | null> {
    const known = await this.#factsOf(templateId);
    if (!known) return null;
    const { facts, kept } = known;
    return isOfLesson ? estimateWaitS(facts, place) : estimateWaitS(besideLessons(facts, kept), place + kept);
  }

  #factsOf(templateId: string): Promise<Known | undefined> {
    const nowMs = this.#nowMs();
    const last = this.#read.get(templateId);
    if (last && nowMs - last.atMs < keptMs) return last.known;
    if (this.#read.size >= maxTemplates) this.#read.clear();
    const known = readFacts(this.#db, templateId);
    this.#read.set(templateId, { atMs: nowMs, known });
    // A failure is told to those who asked together, and to nobody after them.
    known.catch(() => this.#read.delete(templateId));
    return known;
  }
}

async function readFacts(db: Database, templateId: string): Promise<Known | undefined> {
  const [row] = await db.query<FactsRow>(factsSql, [templateId]);
  return row && { facts: toFacts(row), kept: row.kept };
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
