import type { User } from '@homeroom/protocol';
import { useEffect, useRef } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import type { IconName } from '../../shared/icons/icon-paths.ts';
import { Link } from '../route/link.tsx';
import { mayOpen, type PageName } from '../route/route-of.ts';

interface Entry {
  readonly page: PageName;
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
}

const entries: readonly Entry[] = [
  { page: 'home', href: '/', label: 'Desktops', icon: 'desktop' },
  { page: 'rooms', href: '/rooms', label: 'Rooms', icon: 'room' },
  { page: 'sessions', href: '/sessions', label: 'Sessions', icon: 'people' },
  { page: 'devices', href: '/devices', label: 'Devices', icon: 'device' },
  { page: 'enrolment', href: '/enrolment', label: 'Enrolment', icon: 'key' },
  { page: 'people', href: '/people', label: 'People', icon: 'person' },
  { page: 'groups', href: '/groups', label: 'Groups', icon: 'people' },
];

/** The pages that this person's role has something on. */
export function Navigation({ user, page }: { user: User; page: PageName }) {
  const shown = entries.filter((entry) => mayOpen(user.role, entry.page));
  const list = useRef<HTMLUListElement>(null);
  // On a phone the entries are wider than the window.
  useEffect(() => {
    if (page !== 'not-found') showCurrent(list.current);
  }, [page]);
  return (
    <nav className="navigation" aria-label="Pages">
      <Link href="/" className="navigation-home">
        <img src="/homeroom.svg" alt="" width={28} height={28} />
        <span>Homeroom</span>
      </Link>
      {shown.length > 1 && (
        <ul ref={list}>
          {shown.map((entry) => (
            <li key={entry.page}>
              <Link href={entry.href} aria-current={isCurrent(entry, page) ? 'page' : undefined}>
                <Icon name={entry.icon} size={18} /> {entry.label}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}

/** Scrolls the list, and nothing else, until the current entry stands in its middle. */
function showCurrent(list: HTMLUListElement | null): void {
  const current = list?.querySelector('[aria-current]')?.getBoundingClientRect();
  if (!list || !current) return;
  const frame = list.getBoundingClientRect();
  list.scrollLeft += current.left + current.width / 2 - (frame.left + frame.width / 2);
}

function isCurrent(entry: Entry, page: PageName): boolean {
  return entry.page === page || (entry.page === 'rooms' && page === 'room');
}
