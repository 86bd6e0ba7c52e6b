import type { Me } from '@homeroom/protocol';
import { useState } from 'react';
import type { ApiError } from '../shared/api/api-error.ts';
import { LiveProvider } from '../shared/live/live-context.tsx';
import { ConfirmProvider } from './confirm/confirm-provider.tsx';
import { MeProvider, useMe } from './me/me-provider.tsx';
import { ProviderReturn } from './me/provider-return.tsx';
import { returnPath } from './me/provider-sign-in.ts';
import { SignInPage } from './me/sign-in-page.tsx';
import { Shell } from './shell/shell.tsx';
import { ToastProvider } from './toasts/toast-provider.tsx';

/** The portal: sign-in first, then the page that the address names. */
export function App() {
  return (
    <MeProvider>
      <ToastProvider>
        <Door />
      </ToastProvider>
    </MeProvider>
  );
}

function Door() {
  const { user, take } = useMe();
  const [isReturning, setReturning] = useState(() => window.location.pathname === returnPath);
  const [fault, setFault] = useState<ApiError>();
  if (isReturning) {
    const comeIn = (me: Me): void => {
      take(me);
      setReturning(false);
    };
    const comeBack = (error: ApiError | undefined): void => {
      setFault(error);
      setReturning(false);
    };
    return <ProviderReturn onSignedIn={comeIn} onFault={comeBack} />;
  }
  if (user === undefined) return <p className="visually-hidden">Loading</p>;
  if (user === null) return <SignInPage fault={fault} />;
  return (
    <LiveProvider key={user.id}>
      <ConfirmProvider>
        <Shell user={user} />
      </ConfirmProvider>
    </LiveProvider>
  );
}
