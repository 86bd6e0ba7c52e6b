import type { User } from '@homeroom/protocol';
import { Suspense, useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import { useLiveStatus } from '../../shared/live/live-context.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { useMe } from '../me/me-provider.tsx';
import { Link } from '../route/link.tsx';
import { mayOpen, type PageName, routeOf } from '../route/route-of.ts';
import { usePath } from '../route/use-path.ts';
import { useAction } from '../toasts/use-action.ts';
import { CurrentPage } from './current-page.tsx';
import { Navigation } from './navigation.tsx';
import { PageFault } from './page-fault.tsx';
import { pagesOf } from './page-list.ts';
import { SignInWatch } from './sign-in-watch.tsx';
import './shell.css';

/** What stands around every page of a person who is signed in. */
export function Shell({ user }: { user: User }) {
  const route = routeOf(usePath());
  const shown = mayOpen(user.role, route.page) ? route : ({ page: 'not-found' } as const);
  const hasPages = pagesOf(user.role).length > 0;

  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        Skip to the page
      </a>
      <header className="shell-head">
        {hasPages && <Menu user={user} page={shown.page} />}
        <Link href="/" className="shell-home">
          <img src="/homeroom.svg" alt="" width={28} height={28} />
          <span>Homeroom</span>
        </Link>
        <Person user={user} />
      </header>
      <AwayBanner />
      <SignInWatch />
      <div className={hasPages ? 'shell-body with-pages' : 'shell-body'}>
        {hasPages && (
          <div className="shell-side">
            <Navigation role={user.role} page={shown.page} />
          </div>
        )}
        <main id="content" tabIndex={-1}>
          <PageFault key={shown.page}>
            <Suspense fallback={<p className="visually-hidden">Loading</p>}>
              <CurrentPage route={shown} user={user} />
            </Suspense>
          </PageFault>
        </main>
      </div>
    </div>
  );
}

/** The same pages where there is no room for them at the side. */
function Menu({ user, page }: { user: User; page: PageName }) {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <div className="shell-menu">
      <button
        type="button"
        className="button quiet square"
        aria-label="Pages"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Icon name="details" />
      </button>
      {isOpen && (
        <Dialog title="Pages" shape="menu" onClose={close}>
          <Navigation role={user.role} page={page} onFollow={close} />
        </Dialog>
      )}
    </div>
  );
}

function Person({ user }: { user: User }) {
  const { signOut } = useMe();
  const leaving = useAction();
  return (
    <div className="shell-person">
      <Link href="/security" className="button quiet" title="My account">
        <Icon name="person" size={18} /> <span className="shell-name">{user.displayName}</span>
        <span className="visually-hidden">, my account</span>
      </Link>
      <button
        type="button"
        className="button quiet"
        disabled={leaving.isBusy}
        onClick={() => void leaving.run(signOut)}
      >
        <Icon name="leave" size={18} /> <span className="shell-leave">Sign out</span>
      </button>
    </div>
  );
}

function AwayBanner() {
  const isAway = useLiveStatus() === 'away';
  return (
    <p className="away-banner" role="status" data-shown={isAway}>
      {isAway &&
        'Homeroom does not answer at the moment. What you see may be old; this page comes back by itself.'}
    </p>
  );
}
