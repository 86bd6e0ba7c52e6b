import { setPasswordRequest } from '@homeroom/protocol';
import { actorOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** People who have an account. */
export function userRoutes({ users }: Services): Route[] {
  return [
    route('GET /users', {
      access: 'teacher',
      summary: 'Everybody who has an account.',
      handle: async () => ({ json: { items: await users.list() } }),
    }),
    route('GET /users/:id', {
      access: 'teacher',
      summary: 'One user.',
      handle: async ({ params }) => ({ json: found(await users.get(uuidOf(params.id))) }),
    }),
    route('PUT /users/:id/password', {
      access: 'admin',
      summary: 'Set a user’s password; every sign-in of the user ends.',
      body: setPasswordRequest,
      handle: async ({ params, body, caller }) => {
        const { username } = found(await users.get(uuidOf(params.id)));
        await users.setPassword(username, body.password, actorOf(caller));
        return { status: 204 };
      },
    }),
  ];
}
