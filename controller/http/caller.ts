import type { KioskSignIn } from '../accounts/kiosk-sign-ins.ts';
import type { SignedIn } from '../accounts/signed-in.ts';
import type { StreamHolder } from '../gateway/ports.ts';
import type { Actor } from '../store/actor.ts';

/** Who is behind a request: a person, a kiosk's browser, both (a person who signed in on a kiosk), or nobody. */
export interface Caller {
  readonly person: SignedIn | undefined;
  /** How the person was recognised: a cookie travels by itself, so it needs the CSRF token; a bearer token does not. */
  readonly by: 'cookie' | 'bearer' | undefined;
  readonly kiosk: KioskSignIn | undefined;
  readonly address: string | null;
}

/** @returns who to name in the audit log. */
export function actorOf({ person, kiosk, address }: Caller): Actor {
  if (person) return { userId: person.user.id, username: person.user.username, address };
  return { userId: null, username: kiosk ? `kiosk ${kiosk.deviceId}` : 'nobody', address };
}

/** @returns who a stream's ticket is bound to; undefined when nobody is signed in. */
export function streamHolderOf({ person, kiosk }: Caller): StreamHolder | undefined {
  const signInHash = person?.idHash ?? kiosk?.idHash;
  if (!signInHash) return undefined;
  return { deviceId: kiosk?.deviceId ?? null, userId: person?.user.id ?? null, signInHash };
}
