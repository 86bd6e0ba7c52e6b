import * as v from 'valibot';

/** A page of a list. */
export const listOf = <S extends v.GenericSchema>(item: S) =>
  v.object({
    items: v.array(item),
    /** What to send as `?after=` for the next page; null when this was the last. */
    next: v.nullable(v.string()),
  });

/** How many records a page has at most. */
export const maxPageSize = 200;
export const defaultPageSize = 50;

/** What every list takes: `?limit=` and `?after=`. */
export const pageQuery = v.object({
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^[0-9]{1,3}$/), v.toNumber(), v.minValue(1), v.maxValue(maxPageSize)),
  ),
  after: v.optional(v.pipe(v.string(), v.maxLength(200))),
});
