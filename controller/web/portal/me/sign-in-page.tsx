import type { Me } from '@homeroom/protocol';
import { useEffect } from 'react';
import { SignInForm } from '../../shared/ui/sign-in-form.tsx';
import { useMe } from './me-provider.tsx';
import { nextPath } from './next-path.ts';
import './sign-in-page.css';

/** The portal's door. A desktop's address that was opened without a sign-in is gone on to afterwards. */
export function SignInPage() {
  const { take, isOver } = useMe();
  useEffect(() => {
    document.title = 'Sign in · Homeroom';
  }, []);

  const enter = (me: Me): void => {
    const next = nextPath(window.location.search);
    if (next) window.location.assign(next);
    else take(me);
  };
  return (
    <main className="sign-in-page">
      <div className="sign-in-card">
        <img src="/homeroom.svg" alt="" width={48} height={48} />
        <div>
          <h1>Homeroom</h1>
          <p>Sign in to get your desktop.</p>
        </div>
        {isOver && (
          <p className="notice" data-tone="warn" role="status">
            Your sign-in has ended. Sign in again, and this page goes on where it was.
          </p>
        )}
        <SignInForm onSignedIn={enter} />
      </div>
    </main>
  );
}
