import { type CreateLoadTestRequest, HomeroomError } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';

/** Always the same one: it is withdrawn between tests, and comes back. */
const ownTemplateId = 'load-test';

const makeSql = `
insert into templates (id, name, description, provider)
values ('${ownTemplateId}', 'Load test', 'Desktops that are not there, for a test of the session engine.', 'simulated')
on conflict (id) do update set withdrawn_at = null where templates.provider = 'simulated' returning id`;

/** As many as there are users, and none is made anew meanwhile: the claims alone are to be measured. */
const poolSql = `
insert into pools (template_id, warm_minimum, maximum) values ('${ownTemplateId}', $1, $1)
on conflict (template_id) do update set warm_minimum = $1, maximum = $1, warm_maximum = null`;

const findSql = `select provider from templates where id = $1 and withdrawn_at is null`;

/**
 * @returns the template that a load test uses: the one that is named, else its own, with a desktop for each user
 * @throws template_unknown; request_invalid when its desktops are real
 */
export async function lendTemplate(
  tx: Queryable,
  { template, users }: CreateLoadTestRequest,
): Promise<{ template: string; isOwn: boolean }> {
  if (template === undefined) {
    const isMade = (await tx.query(makeSql)).length > 0;
    if (!isMade) throw new HomeroomError('conflict', `the template ${ownTemplateId} has real desktops`);
    await tx.query(poolSql, [users]);
    return { template: ownTemplateId, isOwn: true };
  }
  const [found] = await tx.query<{ provider: string }>(findSql, [template]);
  if (!found) throw new HomeroomError('template_unknown', `there is no template ${template}`);
  if (found.provider === 'simulated') return { template, isOwn: false };
  throw new HomeroomError('request_invalid', 'a load test needs a template of the provider simulated');
}
