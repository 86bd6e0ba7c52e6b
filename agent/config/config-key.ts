import * as v from 'valibot';

/** What is told of a key beside its schema; the reference page is made from it. */
export interface ConfigKey {
  readonly env: `HOMEROOM_${string}`;
  readonly description: string;
  readonly unit?: string;
  /** What is allowed, in words; it stands in the fault when the value is something else. */
  readonly allowed: string;
  /** As it would stand in the environment; absent when nothing is assumed. */
  readonly default?: string;
  /** Never shown, in faults neither. */
  readonly isSecret?: true;
}

/**
 * The schema of one key: a text in, a value out.
 *
 * @param read gives undefined for a text that is not allowed
 * @returns a schema whose value is undefined when the key is left out and has no default
 */
export function key<T>(told: ConfigKey, read: (text: string) => T | undefined) {
  return v.pipe(
    v.optional(v.string(), told.default),
    v.rawTransform<string | undefined, T | undefined>(({ dataset, addIssue, NEVER }) => {
      if (dataset.value === undefined) return undefined;
      const value = read(dataset.value.trim());
      if (value !== undefined) return value;
      addIssue({ message: told.allowed });
      return NEVER;
    }),
    v.metadata({ ...told }),
  );
}

/** The same for a key that always has a value, because it has a default. */
export function keyWithDefault<T>(
  told: ConfigKey & { readonly default: string },
  read: (text: string) => T | undefined,
) {
  return v.pipe(
    v.optional(v.string(), told.default),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value.trim());
      if (value !== undefined) return value;
      addIssue({ message: told.allowed });
      return NEVER;
    }),
    v.metadata({ ...told }),
  );
}

/** Readers for the shapes that several keys share. */
export const anyText = (text: string) => (text === '' ? undefined : text);

export function oneOf<const T extends string>(...options: T[]): (text: string) => T | undefined {
  return (text) => options.find((option) => option === text);
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['1', true],
  ['off', false],
  ['false', false],
  ['0', false],
]);
export const flag = (text: string) => flags.get(text.toLowerCase());

export function integer(minimum: number, maximum: number): (text: string) => number | undefined {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= minimum && value <= maximum ? value : undefined;
  };
}

/** @returns a reader of a comma-separated list; every item must be allowed. */
export function listOf<T>(read: (text: string) => T | undefined): (text: string) => readonly T[] | undefined {
  return (text) => {
    const items = text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    const values = items.map(read).filter((value) => value !== undefined);
    return values.length === items.length ? values : undefined;
  };
}
