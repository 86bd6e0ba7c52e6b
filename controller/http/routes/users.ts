import {
  changePasswordRequest,
  createdUser,
  createUserRequest,
  HomeroomError,
  listedUser,
  listOf,
  patchUserRequest,
  setPasswordRequest,
} from '@homeroom/protocol';
import { createFirstPassword } from '../../accounts/first-password.ts';
import { actorOf, type Caller } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const passwordIsNew = 'The password of this account was changed.';
const accountIsDisabled = 'This account was disabled.';

/** People who have an account. */
export function userRoutes({ accounts, users, sessions }: Services): Route[] {
  /** No cookie holds a seat's stream, so its session ends with the sign-ins. */
  const endSessions = async (
    userId: string,
    { caller, reason, atSeatsOnly }: { caller: Caller; reason: string; atSeatsOnly: boolean },
  ): Promise<void> => {
    const live = await sessions.liveOf(userId);
    if (!live || (live.seat === null && atSeatsOnly)) return;
    await sessions.end(live.id, 'logout', actorOf(caller), reason);
  };
  return [
    route('GET /users', {
      access: 'teacher',
      summary: 'Everybody who has an account, disabled ones too.',
      answer: listOf(listedUser),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await users.page(page) }),
    }),
    route('POST /users', {
      access: 'admin',
      summary: 'Make an account; without a password one is made, and told in this answer alone.',
      body: createUserRequest,
      answer: createdUser,
      isCreating: true,
      errors: ['user_name_taken'],
      handle: async ({ body, caller }) => {
        const { username, displayName = username, role } = body;
        const password = body.password ?? createFirstPassword();
        const user = await users.create({ username, displayName, role, password }, actorOf(caller));
        return { status: 201, json: body.password === undefined ? { ...user, password } : user };
      },
    }),
    route('GET /users/:id', {
      access: 'teacher',
      summary: 'One user.',
      answer: listedUser,
      handle: async ({ params }) => ({ json: found(await users.get(uuidOf(params.id))) }),
    }),
    route('PATCH /users/:id', {
      access: 'admin',
      summary:
        'Change a name or a role, disable or enable; who is disabled is signed out, and their session ends.',
      body: patchUserRequest,
      answer: listedUser,
      errors: ['last_admin'],
      handle: async ({ params, body, caller }) => {
        const user = await users.change(uuidOf(params.id), body, actorOf(caller));
        if (body.disabled) {
          await endSessions(user.id, { caller, reason: accountIsDisabled, atSeatsOnly: false });
        }
        return { json: user };
      },
    }),
    route('PUT /users/:id/password', {
      access: 'admin',
      summary: 'Set a user’s password; every sign-in of the user ends, and a session at a seat.',
      body: setPasswordRequest,
      errors: ['managed_elsewhere'],
      handle: async ({ params, body, caller }) => {
        const { id, username } = found(await users.get(uuidOf(params.id)));
        await users.setPassword(username, body.password, actorOf(caller));
        await endSessions(id, { caller, reason: passwordIsNew, atSeatsOnly: true });
        return { status: 204 };
      },
    }),
    route('PUT /me/password', {
      access: 'student',
      summary: 'Change one’s own password; every other sign-in of one’s own ends.',
      body: changePasswordRequest,
      errors: ['sign_in_failed', 'sign_in_throttled', 'managed_elsewhere'],
      handle: async ({ body, caller }) => {
        if (!caller.person) throw new HomeroomError('sign_in_required');
        const { user, idHash, deviceId } = caller.person;
        const { username } = user;
        await accounts.checkPassword({ username, password: body.current, address: caller.address, deviceId });
        await users.setPassword(username, body.password, actorOf(caller), idHash);
        return { status: 204 };
      },
    }),
  ];
}
