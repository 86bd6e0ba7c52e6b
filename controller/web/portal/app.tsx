import { LiveProvider } from '../shared/live/live-context.tsx';
import { ConfirmProvider } from './confirm/confirm-provider.tsx';
import { MeProvider, useMe } from './me/me-provider.tsx';
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
  const { user } = useMe();
  if (user === undefined) return <p className="visually-hidden">Loading</p>;
  if (user === null) return <SignInPage />;
  return (
    <LiveProvider key={user.id}>
      <ConfirmProvider>
        <Shell user={user} />
      </ConfirmProvider>
    </LiveProvider>
  );
}
