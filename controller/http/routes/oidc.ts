import {
  HomeroomError,
  me as meResource,
  oidcBegun,
  oidcFinishRequest,
  signInWays,
} from '@homeroom/protocol';
import type { Caller } from '../caller.ts';
import { forgottenCookie, oidcCookieName } from '../cookies.ts';
import { originOf } from '../origin.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { entrance, placeOf } from './entrance.ts';

/** What the library may tell of a provider, beside what an account may be refused for. */
const providerErrors = [
  'sign_in_provider_unavailable',
  'sign_in_provider_invalid',
  'not_allowed',
  'not_found',
] as const;

/** Signing in by an OpenID provider. */
export function oidcRoutes({ accounts, oidc, ...services }: Services): Route[] {
  const { enter } = entrance(services);
  /** @throws not_found, not_allowed */
  const providerFor = ({ kiosk }: Caller): NonNullable<Services['oidc']> => {
    if (!oidc) throw new HomeroomError('not_found', 'no OpenID provider is set');
    // The provider would know the browser afterwards, and let the next person in as this one.
    if (kiosk) throw new HomeroomError('not_allowed', 'seats take a user name and a password');
    return oidc;
  };
  return [
    route('GET /sign-in/ways', {
      access: 'anyone',
      summary: 'How people can sign in here, beside a user name and a password.',
      answer: signInWays,
      operationId: 'getSignInWays',
      handle: async ({ caller }) => ({ json: { oidc: oidc && !caller.kiosk ? { name: oidc.name } : null } }),
    }),
    route('POST /sign-in/oidc', {
      access: 'anyone',
      summary: 'Begin a sign-in by the OpenID provider: the page goes to `url`.',
      answer: oidcBegun,
      errors: [...providerErrors],
      operationId: 'beginOidcSignIn',
      handle: async ({ caller, ...request }) => {
        const { url, sealed, expiresAt } = await providerFor(caller).begin(originOf(request));
        return { json: { url }, cookies: [{ name: oidcCookieName, value: sealed, expiresAt }] };
      },
    }),
    route('POST /sign-in/oidc/finish', {
      access: 'anyone',
      summary: 'End it with what the provider sent the browser back with; sets the session cookie.',
      body: oidcFinishRequest,
      answer: meResource,
      errors: [
        ...providerErrors,
        'sign_in_provider_over',
        'sign_in_provider_refused',
        'account_disabled',
        'last_admin',
        'second_step_required',
      ],
      operationId: 'finishOidcSignIn',
      handle: async ({ body, caller, cookies }) => {
        const place = placeOf(caller);
        const sealed = cookies[oidcCookieName] ?? '';
        const account = await providerFor(caller).finish(sealed, body.answer, place.address);
        const { json, cookies: made } = await enter(accounts.proceed(account, place), caller);
        return { json, cookies: [...made, forgottenCookie(oidcCookieName)] };
      },
    }),
  ];
}
