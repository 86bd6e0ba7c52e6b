import {
  HomeroomError,
  type Me,
  me as meResource,
  secondStepAnswer,
  secondStepEnrolment,
  secondStepRequest,
  secondStepTicketRequest,
  signInRequest,
  signOutAnswer,
} from '@homeroom/protocol';
import { actorOf, type Caller } from '../caller.ts';
import { forgottenCookie, sessionCookieName } from '../cookies.ts';
import { csrfTokenOf } from '../csrf.ts';
import { originOf } from '../origin.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { entrance, placeOf } from './entrance.ts';

/** Who is signed in. */
export function signInRoutes({ accounts, devices, oidc, rooms, sessions }: Services): Route[] {
  const { enter, kioskOf } = entrance({ devices, rooms, sessions });
  /** A seat has no place to leave a desktop open: the next person would stand before it. */
  const endAtKiosk = async (caller: Caller): Promise<void> => {
    const { person } = caller;
    const seat = person?.deviceId ? (await devices.get(person.deviceId))?.seat : undefined;
    if (!person || !seat) return;
    const live = await sessions.liveOf(person.user.id);
    if (live?.seat === seat) await sessions.end(live.id, 'logout', actorOf(caller));
  };
  return [
    route('POST /sign-in', {
      access: 'anyone',
      summary: 'Sign in with a user name and a password; sets the session cookie.',
      body: signInRequest,
      answer: meResource,
      errors: ['sign_in_failed', 'sign_in_throttled', 'second_step_required', 'directory_unavailable'],
      handle: async ({ body, caller }) => {
        const place = placeOf(caller);
        return await enter(accounts.signIn({ ...body, ...place }), caller);
      },
    }),
    route('POST /sign-in/second-step', {
      access: 'anyone',
      summary:
        'End a sign-in that owed a code, by one of the app or a recovery code; sets the session cookie.',
      body: secondStepRequest,
      answer: secondStepAnswer,
      errors: ['second_step_wrong', 'second_step_over', 'sign_in_throttled'],
      operationId: 'passSecondStep',
      handle: async ({ body, caller }) => {
        const signIn = await accounts.passSecondStep(body, placeOf(caller));
        const { json, ...answer } = await enter(Promise.resolve(signIn), caller);
        const { recoveryCodes: codes } = signIn;
        return { ...answer, json: codes ? { ...json, recoveryCodes: [...codes] } : json };
      },
    }),
    route('POST /sign-in/second-step/set-up', {
      access: 'anyone',
      summary: 'For who must have a second step and has none: the secret whose code ends the sign-in.',
      body: secondStepTicketRequest,
      answer: secondStepEnrolment,
      errors: ['second_step_over', 'second_step_set'],
      operationId: 'setSecondStepUp',
      handle: async ({ body, caller }) => ({
        json: await accounts.beginSecondStep(body.ticket, placeOf(caller)),
      }),
    }),
    route('POST /sign-out', {
      access: 'anyone',
      summary:
        'End this sign-in and its streams; at a seat, its session too. Doing it twice is no fault. Who came by an OpenID provider that has a page to sign out at is told it.',
      errors: ['not_allowed'],
      answer: signOutAnswer,
      statuses: [200, 204],
      handle: async ({ caller, cookies, ...request }) => {
        if (caller.by === 'bearer')
          throw new HomeroomError('not_allowed', 'a bearer token does not sign out');
        const value = cookies[sessionCookieName];
        await endAtKiosk(caller);
        if (value) await accounts.signOut(value);
        const forgotten = [forgottenCookie(sessionCookieName)];
        const { person, kiosk } = caller;
        const url = person && !kiosk ? await oidc?.signOutUrl(person.user.id, originOf(request)) : undefined;
        return url === undefined
          ? { status: 204, cookies: forgotten }
          : { json: { url }, cookies: forgotten };
      },
    }),
    route('GET /me', {
      access: 'anyone',
      summary: 'Who is signed in, at which kiosk, and the CSRF token for changes.',
      answer: meResource,
      handle: async ({ caller }) => {
        const { person, kiosk } = caller;
        const user = person && {
          id: person.user.id,
          username: person.user.username,
          displayName: person.user.displayName,
          role: person.user.role,
        };
        const me: Me = {
          user: user ?? null,
          kiosk: kiosk ? await kioskOf(kiosk.deviceId) : null,
          csrfToken: csrfTokenOf(caller),
        };
        return { json: me };
      },
    }),
  ];
}
