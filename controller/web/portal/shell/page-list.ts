import type { Role } from '@homeroom/protocol';
import type { IconName } from '../../shared/icons/icon-paths.ts';
import { mayOpen, type PageName } from '../route/route-of.ts';

/** A page that the navigation leads to. */
export interface PageEntry {
  readonly page: PageName;
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
}

/** Pages that belong together. */
export interface PageSection {
  readonly title: string;
  readonly entries: readonly PageEntry[];
}

const sections: readonly PageSection[] = [
  {
    title: 'Teaching',
    entries: [
      { page: 'home', href: '/', label: 'My desktop', icon: 'desktop' },
      { page: 'rooms', href: '/rooms', label: 'Rooms', icon: 'room' },
      { page: 'sessions', href: '/sessions', label: 'Sessions', icon: 'television' },
      { page: 'lessons', href: '/lessons', label: 'Lessons', icon: 'clock' },
    ],
  },
  {
    title: 'Desktops',
    entries: [
      { page: 'templates', href: '/templates', label: 'Templates', icon: 'application' },
      { page: 'pools', href: '/pools', label: 'Pools', icon: 'levels' },
      { page: 'findings', href: '/findings', label: 'Findings', icon: 'search' },
    ],
  },
  {
    title: 'Machines',
    entries: [
      { page: 'seats', href: '/seats', label: 'Seats', icon: 'monitor' },
      { page: 'devices', href: '/devices', label: 'Devices', icon: 'device' },
      { page: 'enrolment', href: '/enrolment', label: 'Enrolment', icon: 'enter' },
    ],
  },
  {
    title: 'People',
    entries: [
      { page: 'people', href: '/people', label: 'People', icon: 'person' },
      { page: 'groups', href: '/groups', label: 'Groups', icon: 'people' },
      { page: 'limits', href: '/limits', label: 'Limits', icon: 'heart' },
    ],
  },
  {
    title: 'Homeroom',
    entries: [
      { page: 'audit', href: '/audit', label: 'Audit', icon: 'details' },
      { page: 'settings', href: '/settings', label: 'Settings', icon: 'settings' },
    ],
  },
];

/** @returns what a role finds something on; nothing for who has one page alone, and needs no way to it. */
export function pagesOf(role: Role): PageSection[] {
  const open = sections
    .map(({ title, entries }) => ({ title, entries: entries.filter(({ page }) => mayOpen(role, page)) }))
    .filter(({ entries }) => entries.length > 0);
  return open.flatMap(({ entries }) => entries).length > 1 ? open : [];
}

const parents: Partial<Record<PageName, PageName>> = {
  room: 'rooms',
  template: 'templates',
  simulator: 'devices',
};

/** @returns whether an entry leads to the page that is shown, or to the list that its record stands in. */
export function isCurrent(entry: PageEntry, page: PageName): boolean {
  return entry.page === (parents[page] ?? page);
}
