import type { Role } from '@homeroom/protocol';

const everybody: readonly Role[] = ['student', 'teacher', 'admin'];
const staff: readonly Role[] = ['teacher', 'admin'];
const admins: readonly Role[] = ['admin'];

/** Pages that stand at the path of their name, but the home page, and who finds anything there. */
const lists = {
  home: everybody,
  rooms: staff,
  seats: staff,
  sessions: staff,
  lessons: staff,
  devices: admins,
  enrolment: admins,
  pools: staff,
  templates: admins,
  findings: admins,
  people: admins,
  groups: staff,
  limits: staff,
  audit: admins,
  settings: admins,
  tokens: everybody,
  security: everybody,
} as const;

/** Pages of one record: `/rooms/<id>`. */
const records = {
  rooms: 'room',
  templates: 'template',
  simulator: 'simulator',
} as const;

const ofRecord = { room: staff, template: admins, simulator: admins } as const;

type ListPage = keyof typeof lists;
type RecordPage = keyof typeof ofRecord;

export type Route =
  | { readonly page: ListPage | 'not-found' }
  | { readonly page: RecordPage; readonly id: string };

export type PageName = Route['page'];

/** @returns which page a path names. */
export function routeOf(pathname: string): Route {
  const [first = '', second, ...rest] = pathname.split('/').filter((part) => part !== '');
  if (rest.length > 0) return { page: 'not-found' };
  if (second !== undefined) return recordRoute(first, second);
  if (first === '') return { page: 'home' };
  return first !== 'home' && Object.hasOwn(lists, first)
    ? { page: first as ListPage }
    : { page: 'not-found' };
}

function recordRoute(first: string, id: string): Route {
  return Object.hasOwn(records, first)
    ? { page: records[first as keyof typeof records], id: decoded(id) }
    : { page: 'not-found' };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // What is no encoding names nothing, and is looked for as it stands.
    return part;
  }
}

const openTo: Record<PageName, readonly Role[]> = { ...lists, ...ofRecord, 'not-found': everybody };

/** @returns whether a role finds anything on a page; the API decides by itself and anew. */
export function mayOpen(role: Role, page: PageName): boolean {
  return openTo[page].includes(role);
}
