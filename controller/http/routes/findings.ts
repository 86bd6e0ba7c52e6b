import { finding, findingKinds, listOf } from '@homeroom/protocol';
import * as v from 'valibot';
import { found, uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const findingQuery = v.strictObject({
  /** `open` for those that stand, `all` for those that are over, too. */
  state: v.optional(v.picklist(['open', 'all']), 'open'),
  kind: v.optional(v.picklist(findingKinds)),
});

/** What the sweepers found. */
export function findingRoutes({ findings }: Services): Route[] {
  return [
    route('GET /findings', {
      access: 'admin',
      summary:
        'What is not as the records say, and what is done about it, the newest first; `?state=all` for what is over, too.',
      query: findingQuery,
      answer: listOf(finding),
      isPaginated: true,
      handle: async ({ query, page }) => ({ json: await findings.page(query, page) }),
    }),
    route('GET /findings/:id', {
      access: 'admin',
      summary: 'One finding.',
      answer: finding,
      handle: async ({ params }) => ({ json: found(await findings.get(uuidOf(params.id))) }),
    }),
  ];
}
