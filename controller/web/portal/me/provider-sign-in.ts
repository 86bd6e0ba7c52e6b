import type { OidcBegun } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { nextPath } from './next-path.ts';

/** Where the OpenID provider sends people back to. */
export const returnPath = '/sign-in/oidc';
const nextKey = 'homeroom-after-sign-in';

/** Go to the OpenID provider; where this page was to go on to is remembered by this tab. @throws ApiError */
export async function goToProvider(): Promise<void> {
  const { url } = await request<OidcBegun>('POST', 'sign-in/oidc');
  sessionStorage.setItem(nextKey, window.location.search);
  window.location.assign(url);
}

/** @returns where to go on after the way over the provider; read once */
export function nextAfterProvider(): string | undefined {
  const search = sessionStorage.getItem(nextKey) ?? '';
  sessionStorage.removeItem(nextKey);
  return nextPath(search);
}
