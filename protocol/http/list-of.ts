import * as v from 'valibot';

/** A list is always wrapped, so that paging can be added beside it. */
export const listOf = <S extends v.GenericSchema>(item: S) => v.object({ items: v.array(item) });
