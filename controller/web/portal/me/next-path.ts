/**
 * @param search the address's query, `?next=/desktop/…`
 * @returns where to go on after the sign-in; only ever a desktop of this very controller
 */
export function nextPath(search: string): string | undefined {
  const next = new URLSearchParams(search).get('next');
  return next !== null && /^\/desktop\/[A-Za-z0-9-]+$/.test(next) ? next : undefined;
}
