/**
 * What a pool needs, from what is there. Pure. Rules:
 * - growth takes cold desktops first, then those that are on their way to be cold, then makes new ones;
 * - warm ones too many are cooled while there is room for cold ones, else deleted; outdated ones are never cooled;
 * - no maximum is passed, and no more are begun at once than the provider's limits leave;
 * - desktops on their way are counted as there, so planning twice makes nothing twice;
 * - outdated desktops (an older version of the template, or too old) are replaced one at a time while nothing else is
 *   on its way: a new one is made first where there is room for one more, else an old one goes first, and never so
 *   that fewer than the floor stand ready.
 */
export interface PoolRule {
  /** Never-used desktops that shall stand ready. */
  readonly warmMinimum: number;
  /** Never-used desktops that may run; null is as many as may live. */
  readonly warmMaximum: number | null;
  /** Never-used desktops that shall stand by, stopped. */
  readonly coldMinimum: number;
  readonly coldMaximum: number;
  /** Desktops that may live at once, in use or not. */
  readonly maximum: number;
  /** So many stay ready while outdated ones are replaced; null is one less than the warm minimum. */
  readonly rollFloor: number | null;
  /** Whether the provider can stop a desktop and start it again. */
  readonly hasCold: boolean;
}

export interface PoolCounts {
  /** On their way to be ready. */
  readonly creating: number;
  /** On their way to be cold. */
  readonly creatingCold: number;
  readonly warming: number;
  readonly ready: number;
  readonly cooling: number;
  readonly cold: number;
  readonly claimed: number;
  /** Of the ready ones: made of an older version of the template, or past the pool's maximum age. */
  readonly outdatedReady: number;
  /** Of the cold ones. */
  readonly outdatedCold: number;
  /** Sessions that wait for a desktop of this pool. */
  readonly waiting: number;
  /** Desktops that lessons need beyond those that they have. */
  readonly lessons: number;
  /** Desktops whose making failed within the last minute. */
  readonly failedLately: number;
}

export interface PoolPlan {
  /** Cold desktops to start. */
  readonly warm: number;
  /** Desktops on their way to be cold that shall become ready instead. */
  readonly hasten: number;
  readonly create: number;
  readonly createCold: number;
  /** Ready desktops to stop: the oldest. */
  readonly cool: number;
  /** Ready desktops to delete: outdated ones first, then the oldest. */
  readonly deleteReady: number;
  /** Cold desktops to delete, in the same order. */
  readonly deleteCold: number;
}

const nothing: PoolPlan = {
  warm: 0,
  hasten: 0,
  create: 0,
  createCold: 0,
  cool: 0,
  deleteReady: 0,
  deleteCold: 0,
};

/** While making fails, one is tried at a time: a storm of failures helps nobody. */
const failuresBeforeRestraint = 3;

/**
 * Plan one step.
 *
 * @param slots how many more the provider's limits let be begun now; infinite without a limit
 */
export function planPool(counts: PoolCounts, rule: PoolRule, slots = Number.POSITIVE_INFINITY): PoolPlan {
  const growth = planGrowth(counts, rule);
  const shrinking = planShrinking(counts, rule, growth.warm + growth.hasten);
  const createCold = planColdGrowth(counts, rule, { ...growth, ...shrinking });
  const plan = { ...growth, ...shrinking, createCold };
  return withinSlots(isNothing(plan) ? planRoll(counts, rule) : plan, counts, slots);
}

/** @returns whether a plan changes nothing. */
export function isNothing(plan: PoolPlan): boolean {
  return Object.values(plan).every((count) => count === 0);
}

function planGrowth(counts: PoolCounts, rule: PoolRule) {
  const need = Math.max(0, wantedWarm(counts, rule) - warmOnes(counts));
  const warm = Math.min(need, counts.cold);
  const hasten = Math.min(need - warm, counts.creatingCold);
  return { warm, hasten, create: Math.min(need - warm - hasten, roomOf(counts, rule)) };
}

/** @param taken cold ones that become warm in this step */
function planShrinking(counts: PoolCounts, rule: PoolRule, taken: number) {
  const surplus = Math.max(0, counts.ready - wantedWarm(counts, rule));
  const excessCold = coldOnes(counts) - taken - coldMaximumOf(rule);
  const cool = Math.min(Math.max(0, surplus - counts.outdatedReady), Math.max(0, -excessCold));
  const tooMany = Math.max(0, livingOnes(counts) - rule.maximum - (surplus - cool));
  const deleteCold = Math.min(Math.max(0, counts.cold - taken), Math.max(excessCold, tooMany, 0));
  // A maximum that was lowered takes ready ones too, but none that somebody waits for.
  const beyond = Math.min(tooMany - deleteCold, counts.ready - surplus - counts.waiting);
  return { cool, deleteReady: surplus - cool + Math.max(0, beyond), deleteCold };
}

/** Only what cooling does not bring is made for the cold level. */
function planColdGrowth(
  counts: PoolCounts,
  rule: PoolRule,
  { warm, hasten, create, cool, deleteCold }: Omit<PoolPlan, 'createCold' | 'deleteReady'>,
): number {
  const willBeCold = coldOnes(counts) - warm - hasten + cool - deleteCold;
  const missing = rule.hasCold ? rule.coldMinimum - willBeCold : 0;
  return Math.max(0, Math.min(missing, roomOf(counts, rule) - create));
}

function planRoll(counts: PoolCounts, rule: PoolRule): PoolPlan {
  if (counts.creating + counts.creatingCold + counts.warming + counts.cooling > 0) return nothing;
  if (counts.outdatedReady > 0) return rollWarm(counts, rule);
  return counts.outdatedCold > 0 ? { ...nothing, deleteCold: 1 } : nothing;
}

function rollWarm(counts: PoolCounts, rule: PoolRule): PoolPlan {
  if (counts.ready < warmMaximumOf(rule)) {
    if (counts.cold > counts.outdatedCold) return { ...nothing, warm: 1 };
    if (roomOf(counts, rule) > 0) return { ...nothing, create: 1 };
  }
  const floor = Math.min(rule.rollFloor ?? rule.warmMinimum - 1, rule.warmMinimum);
  return counts.ready > Math.max(0, floor) ? { ...nothing, deleteReady: 1 } : nothing;
}

/** What is begun first is what somebody waits for. */
function withinSlots(plan: PoolPlan, counts: PoolCounts, slots: number): PoolPlan {
  const isTrying = counts.creating + counts.creatingCold + counts.warming > 0;
  let left = Math.min(slots, isRestrained(counts) ? Number(!isTrying) : Number.POSITIVE_INFINITY);
  const take = (count: number) => {
    const taken = Math.max(0, Math.min(count, left));
    left -= taken;
    return taken;
  };
  const [warm, create, createCold] = [take(plan.warm), take(plan.create), take(plan.createCold)];
  const cool = Math.max(0, Math.min(plan.cool, slots - warm - create - createCold));
  return { ...plan, warm, create, createCold, cool };
}

function isRestrained(counts: PoolCounts): boolean {
  return counts.failedLately >= failuresBeforeRestraint;
}

function wantedWarm({ waiting, lessons }: PoolCounts, rule: PoolRule): number {
  return Math.min(rule.warmMinimum + waiting + lessons, warmMaximumOf(rule));
}

function warmMaximumOf({ warmMaximum, maximum }: PoolRule): number {
  return Math.min(warmMaximum ?? maximum, maximum);
}

function coldMaximumOf({ hasCold, coldMaximum }: PoolRule): number {
  return hasCold ? coldMaximum : 0;
}

/** Running or soon running, and nobody's. */
function warmOnes({ creating, warming, ready }: PoolCounts): number {
  return creating + warming + ready;
}

/** Stopped or soon stopped. */
function coldOnes({ creatingCold, cooling, cold }: PoolCounts): number {
  return creatingCold + cooling + cold;
}

function livingOnes(counts: PoolCounts): number {
  return warmOnes(counts) + coldOnes(counts) + counts.claimed;
}

function roomOf(counts: PoolCounts, { maximum }: PoolRule): number {
  return Math.max(0, maximum - livingOnes(counts));
}
