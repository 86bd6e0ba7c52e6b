/** Whose desktop a page is opened for, and how. */
export type Viewing =
  | { readonly kind: 'own'; readonly session: string }
  /** A teacher looks at it, or has its keyboard and mouse. */
  | { readonly kind: 'watch' | 'control'; readonly session: string }
  /** A seat shows it to whoever sits there. */
  | { readonly kind: 'broadcast'; readonly broadcast: string };

/**
 * @param address of the page: `/desktop/<session>`, with `?view=watch` or `?view=control` for a teacher, or
 *   `/broadcast/<id>`
 */
export function viewingOf({ pathname, search }: { pathname: string; search: string }): Viewing {
  const [, page, id = ''] = pathname.split('/');
  if (page === 'broadcast') return { kind: 'broadcast', broadcast: id };
  const view = new URLSearchParams(search).get('view');
  return { kind: view === 'watch' || view === 'control' ? view : 'own', session: id };
}
