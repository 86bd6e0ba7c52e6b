import type { KioskGuest, Me } from '@homeroom/protocol';
import { SignInForm } from '../../shared/ui/sign-in-form.tsx';
import { GuestButton } from './guest-button.tsx';

export interface SignInViewProps {
  /** The seat that the desktop went to which was here a moment ago. */
  readonly movedTo: string | null;
  /** What whoever has no account may start here; null where they may not. */
  readonly guest: KioskGuest | null;
  readonly onSignedIn: (me: Me) => void;
  /** Called with the address of a guest's desktop. */
  readonly onOpened: (url: string) => void;
}

/** A free seat: who wants to work here? */
export function SignInView({ movedTo, guest, onSignedIn, onOpened }: SignInViewProps) {
  return (
    <div className="sign-in-view">
      <h1>Sign in</h1>
      {movedTo !== null && (
        <p className="moved-to" role="status">
          Your desktop moved to {movedTo}.
        </p>
      )}
      <SignInForm onSignedIn={onSignedIn} />
      {guest && <GuestButton guest={guest} onOpened={onOpened} />}
    </div>
  );
}
