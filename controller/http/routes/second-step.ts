import {
  currentPasswordRequest,
  HomeroomError,
  recoveryCodes,
  secondStepCodeRequest,
  secondStepEnrolment,
  secondStepRules,
  secondStepState,
} from '@homeroom/protocol';
import { actorOf, type Caller } from '../caller.ts';
import { uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** The second step of teachers and admins: one's own, and what admins decide about it. */
export function secondStepRoutes({ accounts, secondStepCodes, secondStepRules: rules }: Services): Route[] {
  const isRequired = async ({ role }: { role: string }): Promise<boolean> =>
    (await rules.get()).roles.some((each) => each === role);
  return [
    route('GET /me/second-step', {
      access: 'teacher',
      summary: 'Whether one’s sign-in asks for a code, and how many recovery codes are left.',
      answer: secondStepState,
      handle: async ({ caller }) => {
        const { user } = personOf(caller);
        return { json: { ...(await secondStepCodes.stateOf(user.id)), isRequired: await isRequired(user) } };
      },
    }),
    route('POST /me/second-step', {
      access: 'teacher',
      summary: 'Begin to set a second step up: the secret for an authenticator app, on trial.',
      body: currentPasswordRequest,
      answer: secondStepEnrolment,
      errors: ['sign_in_failed', 'sign_in_throttled', 'second_step_set'],
      operationId: 'beginSecondStep',
      handle: async ({ body, caller }) => {
        const { user, deviceId } = personOf(caller);
        const { username } = user;
        const { address } = caller;
        await accounts.checkPassword({ username, password: body.current, address, deviceId });
        return { json: await secondStepCodes.begin(user) };
      },
    }),
    route('PUT /me/second-step', {
      access: 'teacher',
      summary: 'Take it into use by a code of the app; answers with recovery codes, this once.',
      body: secondStepCodeRequest,
      answer: recoveryCodes,
      errors: ['second_step_wrong', 'second_step_set', 'second_step_unset', 'sign_in_throttled'],
      operationId: 'confirmSecondStep',
      handle: async ({ body, caller }) => {
        const { user } = personOf(caller);
        const codes = await secondStepCodes.confirm(user, body.code, actorOf(caller));
        return { json: { recoveryCodes: codes } };
      },
    }),
    route('POST /me/second-step/recovery-codes', {
      access: 'teacher',
      summary: 'New recovery codes for a code of the app; the old ones are worth nothing then.',
      body: secondStepCodeRequest,
      answer: recoveryCodes,
      errors: ['second_step_wrong', 'second_step_unset', 'sign_in_throttled'],
      operationId: 'renewRecoveryCodes',
      handle: async ({ body, caller }) => {
        const { user } = personOf(caller);
        const codes = await secondStepCodes.renewRecovery(user, body.code, actorOf(caller));
        return { json: { recoveryCodes: codes } };
      },
    }),
    route('POST /me/second-step/remove', {
      access: 'teacher',
      summary: 'Do without a second step, where one’s role may; needs a code.',
      body: secondStepCodeRequest,
      errors: ['not_allowed', 'second_step_wrong', 'second_step_unset', 'sign_in_throttled'],
      operationId: 'removeSecondStep',
      handle: async ({ body, caller }) => {
        const { user } = personOf(caller);
        if (await isRequired(user)) {
          throw new HomeroomError('not_allowed', `an admin requires a second step of every ${user.role}`);
        }
        await secondStepCodes.remove(user, body.code, actorOf(caller));
        return { status: 204 };
      },
    }),
    route('DELETE /users/:id/second-step', {
      access: 'admin',
      summary: 'Reset the second step of somebody who lost phone and recovery codes.',
      errors: ['second_step_unset'],
      operationId: 'resetSecondStep',
      handle: async ({ params, caller }) => {
        await secondStepCodes.reset(uuidOf(params.id), actorOf(caller));
        return { status: 204 };
      },
    }),
    route('GET /second-step', {
      access: 'admin',
      summary: 'Which roles must have a second step.',
      answer: secondStepRules,
      operationId: 'readSecondStepRules',
      handle: async () => ({ json: await rules.get() }),
    }),
    route('PUT /second-step', {
      access: 'admin',
      summary: 'Say which roles must have a second step; who has none sets it up at the next sign-in.',
      body: secondStepRules,
      answer: secondStepRules,
      operationId: 'setSecondStepRules',
      handle: async ({ body, caller }) => ({ json: await rules.set(body, actorOf(caller)) }),
    }),
  ];
}

/** The door lets nobody else in here. */
function personOf({ person }: Caller) {
  if (!person) throw new HomeroomError('sign_in_required');
  return person;
}
