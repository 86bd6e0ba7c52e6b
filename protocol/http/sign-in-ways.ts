import * as v from 'valibot';
import { label } from '../payloads/fields.ts';

/** `GET /sign-in/ways`: how people can sign in here, beside a user name and a password. */
export const signInWays = v.object({
  /** An OpenID provider, by the name on its button; null where there is none, and at seats. */
  oidc: v.nullable(v.object({ name: label })),
});
export type SignInWays = v.InferOutput<typeof signInWays>;

/** `POST /sign-in/oidc`: where to send the browser. */
export const oidcBegun = v.object({ url: v.pipe(v.string(), v.url()) });
export type OidcBegun = v.InferOutput<typeof oidcBegun>;

/** `POST /sign-out`, where the sign-in can be ended at the OpenID provider, too: on this page of it. */
export const signOutAnswer = v.object({ url: v.pipe(v.string(), v.url()) });
export type SignOutAnswer = v.InferOutput<typeof signOutAnswer>;
