/** What every way of signing in ends with: the cookie, who it is, and the session that is found again at a seat. */
import { errorCodeOf, type Me } from '@homeroom/protocol';
import type { NewSignIn, SignInPlace } from '../../accounts/sign-ins.ts';
import type { Actor } from '../../store/actor.ts';
import { actorOf, type Caller } from '../caller.ts';
import { type Cookie, sessionCookieName } from '../cookies.ts';
import type { Services } from '../services.ts';

export interface Entrance {
  /** What a sign-in answers with. */
  readonly enter: (signingIn: Promise<NewSignIn>, caller: Caller) => Promise<{ json: Me; cookies: Cookie[] }>;
  readonly kioskOf: (deviceId: string) => Promise<Me['kiosk']>;
}

/** @returns the one door behind all ways to sign in */
export function entrance({
  devices,
  rooms,
  sessions,
}: Pick<Services, 'devices' | 'rooms' | 'sessions'>): Entrance {
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
  return { enter, kioskOf };
}

/** @returns where the caller signs in */
export function placeOf({ address, kiosk }: Caller): SignInPlace {
  return { address, deviceId: kiosk?.deviceId ?? null };
}
