/** The cookie of a person's browser. */
export const sessionCookieName = 'homeroom_session';
/** The cookie of a kiosk's browser; its agent fetches it and sets it there. */
export const kioskCookieName = 'homeroom_kiosk';

/** What a browser remembers while its person is at the OpenID provider; sealed. */
export const oidcCookieName = 'homeroom_oidc';

export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** In the past: the browser forgets it. */
  readonly expiresAt: Date;
}

/** @returns a cookie that makes the browser forget the one of that name. */
export function forgottenCookie(name: string): Cookie {
  return { name, value: '', expiresAt: new Date(0) };
}
