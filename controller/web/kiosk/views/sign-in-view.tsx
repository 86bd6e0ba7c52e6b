import type { Me } from '@homeroom/protocol';
import { SignInForm } from '../../shared/ui/sign-in-form.tsx';

export interface SignInViewProps {
  /** The seat that the desktop went to which was here a moment ago. */
  readonly movedTo: string | null;
  readonly onSignedIn: (me: Me) => void;
}

/** A free seat: who wants to work here? */
export function SignInView({ movedTo, onSignedIn }: SignInViewProps) {
  return (
    <div className="sign-in-view">
      <h1>Sign in</h1>
      {movedTo !== null && (
        <p className="moved-to" role="status">
          Your desktop moved to {movedTo}.
        </p>
      )}
      <SignInForm onSignedIn={onSignedIn} />
    </div>
  );
}
