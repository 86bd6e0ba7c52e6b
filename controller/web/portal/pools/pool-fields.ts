import type { PatchPoolRequest, Pool } from '@homeroom/protocol';
import { numberOf } from '../../shared/form-values.ts';

/** A size of a pool that is changed in the table. */
export interface PoolField {
  readonly name: 'warmMinimum' | 'warmMaximum' | 'coldMinimum' | 'coldMaximum' | 'maximum';
  readonly column: string;
  readonly label: string;
  /** What an empty field means; undefined where it must not be empty. */
  readonly whenEmpty?: string;
}

export const poolFields: readonly PoolField[] = [
  { name: 'warmMinimum', column: 'Warm, at least', label: 'Ready at least' },
  { name: 'warmMaximum', column: 'at most', label: 'Ready at most', whenEmpty: 'all' },
  { name: 'coldMinimum', column: 'Cold, at least', label: 'Stopped at least' },
  { name: 'coldMaximum', column: 'at most ', label: 'Stopped at most' },
  { name: 'maximum', column: 'All, at most', label: 'All at most' },
];

/** @returns what was typed, where it differs from what the pool has. */
export function poolPatch(pool: Pool, fields: FormData): PatchPoolRequest {
  const patch: PatchPoolRequest = {};
  for (const { name, whenEmpty } of poolFields) {
    const typed = numberOf(fields, name);
    if (typed === pool[name] || (typed === null && whenEmpty === undefined)) continue;
    Object.assign(patch, { [name]: typed });
  }
  return patch;
}
