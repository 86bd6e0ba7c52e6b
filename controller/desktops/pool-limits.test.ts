/** Whatever happens to a pool, its plan keeps it within its limits, and brings it to what is wanted once it is calm. */
import type { DesktopLevel, DesktopState } from '@homeroom/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isDesktopMove } from './desktop-states.ts';
import { isNothing, type PoolCounts, type PoolPlan, type PoolRule, planPool } from './pool-plan.ts';

interface ModelDesktop {
  state: DesktopState;
  level: DesktopLevel;
  version: number;
}

/** A pool without a database: the statements of `pool-work.ts` on a list. */
class ModelPool {
  desktops: ModelDesktop[] = [];
  waiting = 0;
  lessons = 0;
  failedLately = 0;
  version = 1;

  counts(): PoolCounts {
    const count = (state: DesktopState, more: (desktop: ModelDesktop) => boolean = () => true) =>
      this.desktops.filter((desktop) => desktop.state === state && more(desktop)).length;
    const isOutdated = (desktop: ModelDesktop) => desktop.version < this.version;
    return {
      creating: count('creating', ({ level }) => level === 'warm'),
      creatingCold: count('creating', ({ level }) => level === 'cold'),
      warming: count('warming'),
      ready: count('ready'),
      cooling: count('cooling'),
      cold: count('cold'),
      claimed: count('claimed'),
      outdatedReady: count('ready', isOutdated),
      outdatedCold: count('cold', isOutdated),
      waiting: this.waiting,
      lessons: this.lessons,
      failedLately: this.failedLately,
    };
  }

  carryOut(plan: PoolPlan): void {
    this.#move('cold', plan.warm, { to: 'warming', level: 'warm', oldestLast: true });
    for (const desktop of this.#pick('creating', plan.hasten, (each) => each.level === 'cold'))
      desktop.level = 'warm';
    for (const [level, count] of [
      ['warm', plan.create],
      ['cold', plan.createCold],
    ] as const) {
      for (let each = 0; each < count; each += 1)
        this.desktops.push({ state: 'creating', level, version: this.version });
    }
    this.#move('ready', plan.cool, { to: 'cooling', level: 'cold', oldestLast: true });
    this.#move('ready', plan.deleteReady, { to: 'deleting' });
    this.#move('cold', plan.deleteCold, { to: 'deleting' });
  }

  /** The provider goes on with a desktop, well or not. */
  progress(index: number, isWell: boolean): void {
    const desktop = this.desktops[index % Math.max(1, this.desktops.length)];
    const next = desktop && (isWell ? wellNext(desktop) : illNext(desktop));
    if (!desktop || !next) return;
    expect(isDesktopMove(desktop.state, next)).toBe(true);
    if (next === 'failed') this.failedLately += 1;
    desktop.state = next;
  }

  settle(): void {
    for (const desktop of this.desktops) {
      for (let next = wellNext(desktop); next; next = wellNext(desktop)) desktop.state = next;
    }
    this.desktops = this.desktops.filter(({ state }) => state !== 'gone');
  }

  take(): void {
    const desktop = this.desktops.find(({ state }) => state === 'ready');
    if (desktop) desktop.state = 'claimed';
    else this.waiting += 1;
  }

  end(): void {
    const desktop = this.desktops.find(({ state }) => state === 'claimed');
    if (desktop) desktop.state = 'deleting';
  }

  serve(): void {
    while (this.waiting > 0 && this.desktops.some(({ state }) => state === 'ready')) {
      this.waiting -= 1;
      this.take();
    }
  }

  #move(
    from: DesktopState,
    count: number,
    { to, level, oldestLast = false }: { to: DesktopState; level?: DesktopLevel; oldestLast?: boolean },
  ): void {
    for (const desktop of this.#pick(from, count, () => true, oldestLast)) {
      expect(isDesktopMove(from, to)).toBe(true);
      desktop.state = to;
      if (level) desktop.level = level;
    }
  }

  #pick(
    state: DesktopState,
    count: number,
    more: (desktop: ModelDesktop) => boolean,
    oldestLast = false,
  ): ModelDesktop[] {
    const found = this.desktops.filter((desktop) => desktop.state === state && more(desktop));
    expect(found.length).toBeGreaterThanOrEqual(count);
    const sorted = found.toSorted((one, other) => one.version - other.version);
    return (oldestLast ? sorted.toReversed() : sorted).slice(0, count);
  }
}

function wellNext({ state, level }: ModelDesktop): DesktopState | undefined {
  if (state === 'creating') return level === 'cold' ? 'cooling' : 'ready';
  if (state === 'warming') return 'ready';
  if (state === 'cooling') return 'cold';
  if (state === 'deleting') return 'gone';
  return state === 'failed' ? 'deleting' : undefined;
}

function illNext({ state }: ModelDesktop): DesktopState | undefined {
  if (state === 'creating' || state === 'warming' || state === 'cooling') return 'failed';
  return state === 'ready' || state === 'cold' || state === 'claimed' ? 'deleting' : undefined;
}

const size = (max: number) => fc.integer({ min: 0, max });
const rules: fc.Arbitrary<PoolRule> = fc
  .record({
    warmMinimum: size(6),
    moreWarm: fc.option(size(6)),
    coldMinimum: size(4),
    moreCold: size(4),
    more: size(8),
    floor: fc.option(size(6)),
    hasCold: fc.boolean(),
  })
  .map(({ warmMinimum, moreWarm, coldMinimum, moreCold, more, floor, hasCold }) => ({
    warmMinimum,
    warmMaximum: moreWarm === null ? null : warmMinimum + moreWarm,
    coldMinimum,
    coldMaximum: coldMinimum + moreCold,
    maximum: warmMinimum + coldMinimum + more,
    rollFloor: floor === null ? null : Math.min(floor, warmMinimum),
    hasCold,
  }));

type Event = (pool: ModelPool) => void;
const events: fc.Arbitrary<Event> = fc.oneof(
  fc.constant((pool: ModelPool) => pool.take()),
  fc.constant((pool: ModelPool) => pool.end()),
  fc.constant((pool: ModelPool) => pool.serve()),
  fc.constant((pool: ModelPool) => {
    pool.version += 1;
  }),
  fc.constant((pool: ModelPool) => {
    pool.failedLately = 0;
  }),
  size(5).map((lessons) => (pool: ModelPool) => {
    pool.lessons = lessons;
  }),
  fc.record({ index: fc.nat(), isWell: fc.boolean() }).map(({ index, isWell }) => (pool: ModelPool) => {
    pool.progress(index, isWell);
  }),
  fc.nat().map((index) => (pool: ModelPool) => pool.progress(index, true)),
);

/** A run that fails must fail again. */
const sameEveryTime = { numRuns: 300, seed: 2_026 };

const living = (counts: PoolCounts) =>
  counts.creating +
  counts.creatingCold +
  counts.warming +
  counts.ready +
  counts.cooling +
  counts.cold +
  counts.claimed;
const beginning = ({ creating, creatingCold, warming, cooling }: PoolCounts) =>
  creating + creatingCold + warming + cooling;

/** One step of the reconciler, checked. */
function step(pool: ModelPool, rule: PoolRule, atOnce: number): PoolPlan {
  const before = pool.counts();
  const slots = Math.max(0, atOnce - beginning(before));
  const plan = planPool(before, rule, slots);
  expect(Object.values(plan).every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
  pool.carryOut(plan);
  const after = pool.counts();
  expect(living(after)).toBeLessThanOrEqual(rule.maximum);
  expect(after.creating + after.warming + after.ready).toBeLessThanOrEqual(rule.warmMaximum ?? rule.maximum);
  expect(after.creatingCold + after.cooling + after.cold).toBeLessThanOrEqual(
    rule.hasCold ? rule.coldMaximum : 0,
  );
  expect(beginning(after)).toBeLessThanOrEqual(Math.max(atOnce, beginning(before)));
  if (after.ready < before.ready - plan.cool && before.ready <= rule.warmMinimum)
    expect(after.ready).toBeGreaterThanOrEqual(
      Math.min(rule.rollFloor ?? rule.warmMinimum - 1, rule.warmMinimum),
    );
  return plan;
}

it('keeps a pool within its limits whatever happens', () => {
  fc.assert(
    fc.property(rules, size(6), fc.array(events, { maxLength: 60 }), (rule, atOnce, happenings) => {
      const pool = new ModelPool();
      for (const happen of happenings) {
        happen(pool);
        step(pool, rule, atOnce);
      }
    }),
    sameEveryTime,
  );
});

it('comes to rest, with all that is wanted and nothing outdated that may be replaced', () => {
  fc.assert(
    fc.property(rules, fc.array(events, { maxLength: 40 }), (rule, happenings) => {
      const pool = new ModelPool();
      for (const happen of happenings) {
        happen(pool);
        step(pool, rule, 4);
      }
      for (let rounds = 0; rounds < 200; rounds += 1) {
        pool.failedLately = 0;
        pool.settle();
        pool.serve();
        if (isNothing(step(pool, rule, 4))) break;
      }
      const counts = pool.counts();
      expect(isNothing(planPool(counts, rule))).toBe(true);
      const isFull = living(counts) >= rule.maximum;
      const wanted = Math.min(
        rule.warmMinimum + pool.waiting + pool.lessons,
        rule.warmMaximum ?? rule.maximum,
      );
      if (!isFull) expect(counts.ready).toBeGreaterThanOrEqual(wanted);
      if (!isFull && rule.hasCold) expect(counts.cold).toBeGreaterThanOrEqual(rule.coldMinimum);
      if (!isFull && counts.ready < (rule.warmMaximum ?? rule.maximum))
        expect(counts.outdatedReady + counts.outdatedCold).toBe(0);
    }),
    sameEveryTime,
  );
});
