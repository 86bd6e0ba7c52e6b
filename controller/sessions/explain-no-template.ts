import { HomeroomError } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';

/**
 * Whether a person may have a desktop of a template, as a condition of SQL. Where no template is limited to groups,
 * which is usual, it costs a look at an index.
 */
export const mayUse = (person: string, template: string) => `(
  not exists (select from template_groups limited where limited.template_id = ${template})
  or may_use_template(${person}, ${template}))`;

const isThereSql = 'select 1 from templates where id = $1 and withdrawn_at is null';

/** @returns why no session was made of a template: it is not there, or not for this person. */
export async function explainNoTemplate(db: Queryable, templateId: string): Promise<HomeroomError> {
  const isThere = (await db.query(isThereSql, [templateId])).length > 0;
  return isThere
    ? new HomeroomError('template_restricted')
    : new HomeroomError('template_unknown', `there is no template ${templateId}`);
}
