import type { ReactNode } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import type { IconName } from '../../shared/icons/icon-paths.ts';

/** What stands where a list is empty: what would be here, and how it gets here. */
export function Empty({ title, icon, children }: { title: string; icon: IconName; children: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={32} />
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  );
}
