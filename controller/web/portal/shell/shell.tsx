import type { User } from '@homeroom/protocol';
import { Icon } from '../../shared/icons/icon.tsx';
import { useLiveStatus } from '../../shared/live/live-context.tsx';
import { useMe } from '../me/me-provider.tsx';
import { Link } from '../route/link.tsx';
import { mayOpen, routeOf } from '../route/route-of.ts';
import { usePath } from '../route/use-path.ts';
import { useAction } from '../toasts/use-action.ts';
import { CurrentPage } from './current-page.tsx';
import { Navigation } from './navigation.tsx';
import { SignInWatch } from './sign-in-watch.tsx';
import './shell.css';

/** What stands around every page of a person who is signed in. */
export function Shell({ user }: { user: User }) {
  const route = routeOf(usePath());
  const { signOut } = useMe();
  const leaving = useAction();
  const shown = mayOpen(user.role, route.page) ? route : ({ page: 'not-found' } as const);

  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        Skip to the page
      </a>
      <header className="shell-head">
        <Navigation user={user} page={shown.page} />
        <div className="shell-person">
          <Icon name="person" />
          <span className="shell-name">{user.displayName}</span>
          <Link href="/security" className="button quiet square" title="My security" aria-label="My security">
            <Icon name="key" size={18} />
          </Link>
          <button
            type="button"
            className="button quiet"
            disabled={leaving.isBusy}
            onClick={() => void leaving.run(signOut)}
          >
            <Icon name="leave" size={18} /> <span>Sign out</span>
          </button>
        </div>
      </header>
      <AwayBanner />
      <SignInWatch />
      <main id="content" tabIndex={-1}>
        <CurrentPage route={shown} user={user} />
      </main>
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
