import { Link } from '../route/link.tsx';
import { usePath } from '../route/use-path.ts';

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: string }[];
}

/** Pages that are one matter, side by side. */
export function Tabs({ label, tabs }: TabsProps) {
  const path = usePath();
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ href, label: name }) => (
        <Link key={href} href={href} aria-current={path === href ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
