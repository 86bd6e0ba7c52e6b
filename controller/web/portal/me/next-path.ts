/** Pages beside the portal that ask for a sign-in: a desktop, the teachers' dashboard, the editor of flows. */
const pages = [
  /^\/desktop\/[A-Za-z0-9-]+(?:\?view=(?:watch|control))?$/,
  /^\/(?:dashboard|red)(?:\/[\w/-]*)?$/,
];

/**
 * @param search the address's query, `?next=/desktop/…`
 * @returns where to go on after the sign-in; only ever such a page of this very controller
 */
export function nextPath(search: string): string | undefined {
  const next = new URLSearchParams(search).get('next');
  return next !== null && pages.some((page) => page.test(next)) ? next : undefined;
}
