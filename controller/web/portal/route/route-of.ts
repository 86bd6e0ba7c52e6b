import type { Role } from '@homeroom/protocol';

export type Route =
  | {
      readonly page:
        | 'home'
        | 'rooms'
        | 'devices'
        | 'enrolment'
        | 'people'
        | 'groups'
        | 'tokens'
        | 'security'
        | 'sessions'
        | 'not-found';
    }
  | { readonly page: 'room' | 'simulator'; readonly id: string };

export type PageName = Route['page'];

/** @returns which page a path names. */
export function routeOf(pathname: string): Route {
  const [first = '', second, ...rest] = pathname.split('/').filter((part) => part !== '');
  if (rest.length > 0) return { page: 'not-found' };
  if (second !== undefined) return routeWithId(first, decodeURIComponent(second));
  switch (first) {
    case '':
      return { page: 'home' };
    case 'rooms':
    case 'devices':
    case 'enrolment':
    case 'people':
    case 'groups':
    case 'tokens':
    case 'security':
    case 'sessions':
      return { page: first };
    default:
      return { page: 'not-found' };
  }
}

function routeWithId(first: string, id: string): Route {
  if (first === 'rooms') return { page: 'room', id };
  return first === 'simulator' ? { page: 'simulator', id } : { page: 'not-found' };
}

const openTo: Record<PageName, readonly Role[]> = {
  home: ['student', 'teacher', 'admin'],
  rooms: ['teacher', 'admin'],
  room: ['teacher', 'admin'],
  sessions: ['teacher', 'admin'],
  devices: ['admin'],
  enrolment: ['admin'],
  people: ['admin'],
  groups: ['teacher', 'admin'],
  tokens: ['student', 'teacher', 'admin'],
  security: ['student', 'teacher', 'admin'],
  simulator: ['admin'],
  'not-found': ['student', 'teacher', 'admin'],
};

/** @returns whether a role finds anything on a page; the API decides by itself and anew. */
export function mayOpen(role: Role, page: PageName): boolean {
  return openTo[page].includes(role);
}
