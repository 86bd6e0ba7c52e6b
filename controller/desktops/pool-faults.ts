import type { PatchPoolRequest, Pool } from '@homeroom/protocol';

/** What somebody sets of a pool. */
export type PoolSizes = Pick<Pool, keyof PatchPoolRequest>;

/**
 * @param hasCold whether the provider can stop desktops and start them again
 * @returns what does not fit together, each with its field; empty when all does. Pure.
 */
export function poolFaults(
  sizes: Omit<PoolSizes, 'maxAgeS'>,
  hasCold: boolean,
): { field: string; message: string }[] {
  const { warmMinimum, warmMaximum, coldMinimum, coldMaximum, maximum, rollFloor } = sizes;
  const rules: [boolean, string, string][] = [
    [
      maximum >= warmMinimum + coldMinimum,
      'maximum',
      'as many as the minimum of both levels together, or more',
    ],
    [warmMaximum === null || warmMaximum >= warmMinimum, 'warmMaximum', 'as many as warmMinimum, or more'],
    [coldMaximum >= coldMinimum, 'coldMaximum', 'as many as coldMinimum, or more'],
    [
      hasCold || coldMaximum === 0,
      'coldMaximum',
      '0: this provider cannot stop desktops and start them again',
    ],
    [rollFloor === null || rollFloor <= warmMinimum, 'rollFloor', 'warmMinimum, or fewer'],
  ];
  return rules
    .filter(([isKept]) => !isKept)
    .map(([, field, message]) => ({ field, message: `It must be ${message}.` }));
}
