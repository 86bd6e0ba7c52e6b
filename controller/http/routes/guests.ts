import { type GuestStart, guestStart, HomeroomError } from '@homeroom/protocol';
import { sessionCookieName } from '../cookies.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Sitting down without an account, at seats where an admin allows it. */
export function guestRoutes({ accounts, guests, seatGuests, sessions }: Services): Route[] {
  return [
    route('POST /kiosk/guest', {
      access: 'kiosk',
      summary:
        'Start a desktop for somebody without an account, where the seat allows it; sets the session cookie.',
      answer: guestStart,
      statuses: [201],
      errors: ['guests_not_allowed', 'seat_taken', 'quota_exceeded'],
      operationId: 'startAsGuest',
      handle: async ({ caller }) => {
        const deviceId = caller.kiosk?.deviceId ?? '';
        const offered = await seatGuests.at(deviceId);
        if (!offered) throw new HomeroomError('guests_not_allowed');
        const { seat, template, limitS } = offered;
        const guest = await guests.create();
        const actor = { userId: guest.id, username: guest.username, address: caller.address };
        // A guest whose session is not made is swept away.
        const { session } = await sessions.start({
          userId: guest.id,
          templateId: template,
          seatId: seat,
          actor,
        });
        if (limitS !== null) await guests.limit(session.id, limitS);
        const signIn = await accounts.admit(guest, { address: caller.address, deviceId });
        const { id, username, displayName, role } = guest;
        const json: GuestStart = {
          user: { id, username, displayName, role },
          kiosk: { device: deviceId, seat, seatName: null },
          csrfToken: signIn.signedIn.csrfToken,
          session: limitS === null ? session : ((await sessions.get(session.id)) ?? session),
        };
        const cookie = { name: sessionCookieName, value: signIn.cookie, expiresAt: signIn.expiresAt };
        return { status: 201, json, cookies: [cookie] };
      },
    }),
  ];
}
