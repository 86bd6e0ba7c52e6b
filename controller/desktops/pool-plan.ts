/** What a pool needs, from what is there. Pure. */
export interface PoolRule {
  /** Never-used desktops that shall stand ready. */
  readonly minimum: number;
  /** Desktops that may live at once, in use or not. */
  readonly maximum: number;
}

export interface PoolCounts {
  readonly creating: number;
  readonly ready: number;
  readonly claimed: number;
  /** Sessions that wait for a desktop of this pool. */
  readonly waiting: number;
  /** Desktops whose making failed within the last minute. */
  readonly failedLately: number;
}

export interface PoolPlan {
  readonly create: number;
  /** Ready desktops too many. */
  readonly remove: number;
}

/** While making fails, one is tried at a time: a storm of failures helps nobody. */
const failuresBeforeRestraint = 3;

/**
 * Plan one step. Those who wait count as wanted beyond the minimum; the maximum is never passed; desktops
 * on their way are counted as there, so planning twice makes nothing twice.
 */
export function planPool(counts: PoolCounts, rule: PoolRule): PoolPlan {
  const wanted = rule.minimum + counts.waiting;
  const missing = wanted - counts.ready - counts.creating;
  const room = rule.maximum - counts.ready - counts.creating - counts.claimed;
  const create = Math.max(0, Math.min(missing, room));
  return {
    create: isRestrained(counts) ? Math.min(create, counts.creating > 0 ? 0 : 1) : create,
    remove: Math.max(0, counts.ready - wanted),
  };
}

function isRestrained(counts: PoolCounts): boolean {
  return counts.failedLately >= failuresBeforeRestraint;
}
