import * as v from 'valibot';
import { counter } from '../payloads/fields.ts';
import { id } from './fields.ts';
import { providerNames } from './template.ts';

const size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000));
const seconds = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366 * 24 * 3600));

const sizes = {
  /** Never-used desktops that shall stand ready. */
  warmMinimum: size,
  /** Never-used desktops that may run; null is as many as may live. */
  warmMaximum: v.nullable(size),
  /** Never-used desktops that shall stand by, stopped. */
  coldMinimum: size,
  coldMaximum: size,
  /** Desktops that may live at once, in use or not. */
  maximum: size,
  /** An unused desktop older than this is replaced; null for never. */
  maxAgeS: v.nullable(seconds),
  /** So many stay ready while outdated ones are replaced; null is one less than the warm minimum. */
  rollFloor: v.nullable(size),
};

export const pool = v.object({
  template: id,
  ...sizes,
  creating: counter,
  cold: counter,
  warming: counter,
  ready: counter,
  cooling: counter,
  claimed: counter,
  failed: counter,
  /** Unused ones of an older version of the template, or past their age: replaced one at a time. */
  outdated: counter,
  /** Sessions that wait for a desktop. */
  waiting: counter,
  /** Desktops that lessons and classes want now, beside the warm minimum. */
  lessons: counter,
});
export type Pool = v.InferOutput<typeof pool>;

export const patchPoolRequest = v.partial(v.strictObject(sizes));
export type PatchPoolRequest = v.InferOutput<typeof patchPoolRequest>;

/** How many desktops may be on their way at once, of a whole provider or of one of its storages. */
export const providerLimit = v.object({
  provider: v.picklist(providerNames),
  /** Empty for the whole provider. */
  storage: v.string(),
  /** Null for as many as are wanted. */
  atOnce: v.nullable(counter),
  /** Whether nobody has set it. */
  isDefault: v.boolean(),
  /** On their way now. */
  busy: counter,
});
export type ProviderLimit = v.InferOutput<typeof providerLimit>;

export const setProviderLimitRequest = v.strictObject({
  storage: v.optional(v.pipe(v.string(), v.maxLength(100)), ''),
  /** Null returns to the default. */
  atOnce: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
});
export type SetProviderLimitRequest = v.InferOutput<typeof setProviderLimitRequest>;
