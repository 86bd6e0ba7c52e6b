import { createLoadTestRequest, loadTest, startedLoadTest } from '@homeroom/protocol';
import { actorOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** What `homeroom load-test` needs: people by the thousand who do not exist. */
export function loadTestRoutes({ loadTests }: Services): Route[] {
  return [
    route('POST /load-tests', {
      access: 'admin',
      summary:
        'Make and sign in users who do not exist, and a simulated desktop for each; one test at a time.',
      body: createLoadTestRequest,
      answer: startedLoadTest,
      isCreating: true,
      errors: ['conflict', 'template_unknown'],
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await loadTests.begin(body, actorOf(caller)),
      }),
    }),
    route('GET /load-tests/:id', {
      access: 'admin',
      summary: 'A load test’s sessions, and how many desktops stand ready.',
      answer: loadTest,
      handle: async ({ params }) => ({ json: found(await loadTests.get(uuidOf(params.id))) }),
    }),
    route('DELETE /load-tests/:id', {
      access: 'admin',
      summary: 'End a load test’s sessions and remove everything that it made.',
      errors: ['conflict'],
      handle: async ({ params, caller }) => {
        await loadTests.end(uuidOf(params.id), actorOf(caller));
        return { status: 204 };
      },
    }),
  ];
}
