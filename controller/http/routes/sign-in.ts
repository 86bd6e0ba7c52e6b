import {
  errorCodeOf,
  HomeroomError,
  type Me,
  me as meResource,
  secondStepAnswer,
  secondStepEnrolment,
  secondStepRequest,
  secondStepTicketRequest,
  signInRequest,
} from '@homeroom/protocol';
import type { NewSignIn, SignInPlace } from '../../accounts/sign-ins.ts';
import type { Actor } from '../../store/actor.ts';
import { actorOf, type Caller } from '../caller.ts';
import { forgottenCookie, sessionCookieName } from '../cookies.ts';
import { csrfTokenOf } from '../csrf.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Who is signed in. */
export function signInRoutes({ accounts, devices, rooms, sessions }: Services): Route[] {
  const kioskOf = async (deviceId: string): Promise<Me['kiosk']> => {
    const device = await devices.get(deviceId);
    const seatId = device?.seat ?? null;
    const seat = seatId ? await rooms.seat(seatId) : undefined;
    return { device: deviceId, seat: seatId, seatName: seat?.name ?? null };
  };
  /** Whoever has a desktop already finds it at the seat, unless somebody else's is there. */
  const resumeAt = async (seatId: string, userId: string, actor: Actor): Promise<void> => {
    try {
      await sessions.resumeAt({ userId, seatId, actor });
    } catch (caught) {
      if (errorCodeOf(caught) !== 'seat_taken') throw caught;
    }
  };
  /** What a sign-in answers with. The seat is looked up while the password is checked, which takes longer. */
  const enter = async (signingIn: Promise<NewSignIn>, caller: Caller) => {
    const { deviceId } = placeOf(caller);
    const [signIn, kiosk] = await Promise.all([signingIn, deviceId ? kioskOf(deviceId) : null]);
    const { id, username, displayName, role } = signIn.signedIn.user;
    if (kiosk?.seat) await resumeAt(kiosk.seat, id, actorOf({ ...caller, person: signIn.signedIn }));
    const json: Me = {
      user: { id, username, displayName, role },
      kiosk,
      csrfToken: signIn.signedIn.csrfToken,
    };
    const cookie = { name: sessionCookieName, value: signIn.cookie, expiresAt: signIn.expiresAt };
    return { json, cookies: [cookie] };
  };
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
      errors: ['sign_in_failed', 'sign_in_throttled', 'second_step_required'],
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
      summary: 'End this sign-in and its streams; at a seat, its session too. Doing it twice is no fault.',
      errors: ['not_allowed'],
      handle: async ({ caller, cookies }) => {
        if (caller.by === 'bearer')
          throw new HomeroomError('not_allowed', 'a bearer token does not sign out');
        const value = cookies[sessionCookieName];
        await endAtKiosk(caller);
        if (value) await accounts.signOut(value);
        return { status: 204, cookies: [forgottenCookie(sessionCookieName)] };
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

function placeOf({ address, kiosk }: Caller): SignInPlace {
  return { address, deviceId: kiosk?.deviceId ?? null };
}
