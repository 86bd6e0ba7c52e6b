/**
 * How long somebody in a queue will wait: reckoned from what is known, or not at all. Pure.
 * - A desktop that is being made takes as long as the slower ones of this template did lately: better too long than
 *   too short. One that takes longer than any of them promises nothing.
 * - The pool makes as many more as it has room for, as many at once as it may.
 * - A session whose end is certain (its limit, its lesson) gives its place back then; the next desktop is made after.
 * - Whoever ends earlier makes the wait shorter; that is never promised.
 */

/** How long the making of desktops of one template took lately. */
export interface MakingTimes {
  readonly medianS: number;
  /** From the median to the slow ones: nine of ten were no slower than both together. */
  readonly spreadS: number;
  readonly longestS: number;
}

export interface QueueFacts {
  /** Free now, about to be given out. */
  readonly ready: number;
  /** Seconds since the making of each desktop on its way began. */
  readonly onTheirWay: readonly number[];
  /** Undefined while none of this template was ever made. */
  readonly making: MakingTimes | undefined;
  /** Desktops that the pool may make beyond those that are there. */
  readonly room: number;
  /** Desktops that may be on their way at once. */
  readonly atOnce: number;
  /** Seconds until each session of this template ends for certain. */
  readonly certainEnds: readonly number[];
}

/**
 * What those who belong to no lesson may count on while desktops are kept for lessons. Whether the pool makes one more
 * beside those is not known: what it makes goes to the lessons first, and what they keep fills it.
 *
 * @param kept desktops that are kept for lessons; with none, everything counts
 */
export function besideLessons(facts: QueueFacts, kept: number): QueueFacts {
  return kept === 0 ? facts : { ...facts, room: 0, certainEnds: [] };
}

/** A queue longer than this is not reckoned through. */
const longestQueue = 10_000;

/**
 * @param place in the queue, from 1
 * @returns whole seconds, never fewer for a later place; null when nothing tells
 */
export function estimateWaitS(facts: QueueFacts, place: number): number | null {
  if (place > longestQueue) return null;
  if (place <= facts.ready) return 0;
  const { making } = facts;
  if (!making) return null;
  const waitS = comingDesktopsS(facts, making, place - facts.ready).at(place - facts.ready - 1);
  return waitS === undefined || !Number.isFinite(waitS) ? null : Math.max(0, Math.ceil(waitS));
}

/** @returns in how many seconds each of the next desktops is there, soonest first */
function comingDesktopsS(facts: QueueFacts, making: MakingTimes, wanted: number): number[] {
  const { onTheirWay, room, atOnce, certainEnds } = facts;
  const makingS = making.medianS + making.spreadS;
  const begun = onTheirWay.map((ageS) => remainingS(ageS, makingS, making.longestS));
  // Makers that are free now, or will be: each new desktop takes the one that is free first.
  const idle = Math.max(0, Math.min(atOnce - begun.length, wanted));
  const freeAt = [...begun.filter(Number.isFinite), ...Array<number>(idle).fill(0)].sort(ascending);
  const startable = [
    ...Array<number>(Math.max(0, Math.min(room, wanted))).fill(0),
    ...certainEnds.toSorted(ascending).slice(0, wanted),
  ];
  const made: number[] = [];
  for (const startableS of startable) {
    const makerS = freeAt.shift();
    if (makerS === undefined) break;
    const doneS = Math.max(startableS, makerS) + makingS;
    made.push(doneS);
    insertSorted(freeAt, doneS);
  }
  return [...begun, ...made].sort(ascending);
}

function remainingS(ageS: number, makingS: number, longestS: number): number {
  if (ageS <= makingS) return makingS - ageS;
  return ageS <= longestS ? longestS - ageS : Number.POSITIVE_INFINITY;
}

function insertSorted(values: number[], value: number): void {
  const at = values.findIndex((each) => each > value);
  values.splice(at === -1 ? values.length : at, 0, value);
}

const ascending = (left: number, right: number): number => left - right;
