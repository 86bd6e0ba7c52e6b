import { HomeroomError, kioskCookie, kioskView } from '@homeroom/protocol';
import { basicCredentialOf } from '../authorization.ts';
import { kioskCookieName } from '../cookies.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** The browser of a seat. */
export function kioskRoutes({ kioskSignIns, devices, kioskViewOf }: Services): Route[] {
  return [
    route('GET /kiosk', {
      access: 'kiosk',
      summary: 'What this kiosk shows now.',
      answer: kioskView,
      errors: ['device_unknown'],
      handle: async ({ caller }) => ({ json: await kioskViewOf(caller.kiosk?.deviceId ?? '') }),
    }),
    route('POST /kiosk/sign-in', {
      access: 'device',
      summary: 'For agents, by HTTP Basic with the device’s credential: the cookie for its kiosk’s browser.',
      answer: kioskCookie,
      handle: async ({ headers }) => {
        const credential = basicCredentialOf(headers.authorization);
        if (!credential) throw new HomeroomError('device_credential_wrong');
        const isRight = await devices.authenticate(credential.username, credential.password);
        if (!isRight) throw new HomeroomError('device_credential_wrong');
        const { value, expiresAt } = await kioskSignIns.issue(credential.username);
        return { json: { cookie: { name: kioskCookieName, value, expiresAt: expiresAt.toISOString() } } };
      },
    }),
  ];
}
