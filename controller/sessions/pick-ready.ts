/**
 * Two parts of a `with` that pick one ready desktop, as `picked`: one of the newest version of its template if there is
 * one that nobody else takes at this moment, else an older one. Neither is ordered: draining a pool in a fixed order
 * walks over dead index entries and halves the rate. While all are of the newest version the second is never run.
 *
 * @param source an earlier part of the `with`, with `template_id` and the template's `version`
 * @param condition for taking one at all
 */
export const pickReady = (source: string, condition = 'true') => `
newest as (
  select d.id from desktops d join ${source} on d.template_id = ${source}.template_id
  where d.state = 'ready' and d.template_version >= ${source}.version and ${condition}
  limit 1 for update of d skip locked
), older as (
  select d.id from desktops d join ${source} on d.template_id = ${source}.template_id
  where d.state = 'ready' and ${condition} and not exists (select from newest)
  limit 1 for update of d skip locked
), picked as (
  select id from newest union all select id from older
)`;
