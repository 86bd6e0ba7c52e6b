import type { Pool } from '@homeroom/protocol';

/** One of the two levels of a pool, as a bar tells it. */
export interface PoolLevel {
  readonly name: 'warm' | 'cold';
  /** What stands there now, and what is on its way. */
  readonly have: number;
  readonly coming: number;
  /** What shall stand there at least. */
  readonly minimum: number;
  /** The length of the whole bar. */
  readonly scale: number;
  readonly isShort: boolean;
  readonly words: string;
}

/** @returns the levels that a pool has: a cold one only where something is wanted or stands there. */
export function poolLevels(pool: Pool): PoolLevel[] {
  const warm = level('warm', pool.ready, pool.creating + pool.warming, pool.warmMinimum + pool.lessons);
  const cold = level('cold', pool.cold, pool.cooling, pool.coldMinimum);
  return cold.have + cold.coming + cold.minimum === 0 ? [warm] : [warm, cold];
}

const standing = { warm: 'ready', cold: 'stopped' } as const;
const onTheWay = { warm: 'being made', cold: 'being stopped' } as const;

function level(name: PoolLevel['name'], have: number, coming: number, minimum: number): PoolLevel {
  const wanted = minimum > 0 ? ` of ${minimum}` : '';
  return {
    name,
    have,
    coming,
    minimum,
    scale: Math.max(have + coming, minimum, 1),
    isShort: have < minimum,
    words: `${have}${wanted} ${standing[name]}${coming > 0 ? `, ${coming} ${onTheWay[name]}` : ''}`,
  };
}

/** @returns what else is to be said of a pool, in a line; undefined where all is calm. */
export function poolWords(
  pool: Pick<Pool, 'claimed' | 'waiting' | 'failed' | 'outdated' | 'lessons'>,
): string | undefined {
  const words = [
    pool.lessons > 0 && `${pool.lessons} for lessons now`,
    pool.claimed > 0 && `${pool.claimed} in use`,
    pool.outdated > 0 && `${pool.outdated} will be replaced`,
    pool.failed > 0 && `${pool.failed} failed`,
  ].filter((each) => each !== false);
  return words.length === 0 ? undefined : words.join(', ');
}
