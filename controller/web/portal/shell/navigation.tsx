import type { Role } from '@homeroom/protocol';
import { useId } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import { Link } from '../route/link.tsx';
import type { PageName } from '../route/route-of.ts';
import { isCurrent, pagesOf } from './page-list.ts';
import './navigation.css';

export interface NavigationProps {
  readonly role: Role;
  readonly page: PageName;
  /** After a page was chosen. */
  readonly onFollow?: () => void;
}

/** The pages that a role has something on, by what they are about. */
export function Navigation({ role, page, onFollow }: NavigationProps) {
  const id = useId();
  return (
    <nav className="navigation" aria-label="Pages">
      {pagesOf(role).map(({ title, entries }) => (
        <div key={title} className="navigation-section">
          <h2 id={`${id}-${title}`}>{title}</h2>
          <ul aria-labelledby={`${id}-${title}`}>
            {entries.map((entry) => (
              <li key={entry.page}>
                <Link
                  href={entry.href}
                  aria-current={isCurrent(entry, page) ? 'page' : undefined}
                  onFollow={onFollow}
                >
                  <Icon name={entry.icon} size={18} /> {entry.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
