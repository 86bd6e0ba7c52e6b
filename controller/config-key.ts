import * as v from 'valibot';

/** One setting: what the reference page and a fault say about it. */
export interface ConfigKey {
  readonly environment: `HOMEROOM_${string}`;
  readonly description: string;
  /** What the number counts, or null where it has no unit. */
  readonly unit: string | null;
  /** The default as a person would type it; null where there is none. */
  readonly fallback: string | null;
  readonly example: string;
  /** Completes the sentence “must be …”. */
  readonly allowed: string;
  /** A secret's value is never told, not even when it is wrong. */
  readonly isSecret: boolean;
}

/** The file may hold JSON numbers and booleans; the environment holds text. Both end here. */
export const text = v.pipe(
  v.union([v.string(), v.number(), v.boolean()]),
  v.transform((value) => String(value).trim()),
  v.minLength(1),
);
/** Texts parted by commas; an array in the file. */
export const list = v.pipe(
  v.union([v.array(v.string()), text]),
  v.transform((value) => (Array.isArray(value) ? value : value.split(',')).map((item) => item.trim())),
);
/** Yes or no. */
export const flag = v.pipe(
  text,
  v.picklist(['true', 'false', '1', '0', 'yes', 'no']),
  v.transform((value) => value === 'true' || value === '1' || value === 'yes'),
);
