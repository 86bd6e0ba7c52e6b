/**
 * May the kiosk show this page? Only http and https, and only the origins named. The empty page is allowed:
 * the agent's own pages are written into it.
 *
 * @param origins as `https://host[:port]`; one that is no URL allows nothing
 */
export function isPageAllowed(url: string, origins: readonly string[]): boolean {
  if (url === 'about:blank') return true;
  const origin = webOriginOf(url);
  return origin !== undefined && origins.some((allowed) => webOriginOf(allowed) === origin);
}

/** @returns the origin of an http or https URL, undefined for anything else */
export function webOriginOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, username, password } = new URL(url);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && username === '' && password === '' ? origin : undefined;
}
