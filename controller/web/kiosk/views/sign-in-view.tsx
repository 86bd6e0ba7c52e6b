import type { Me } from '@homeroom/protocol';
import { SignInForm } from '../../shared/ui/sign-in-form.tsx';

/** A free seat: who wants to work here? */
export function SignInView({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  return (
    <div className="sign-in-view">
      <h1>Sign in</h1>
      <SignInForm onSignedIn={onSignedIn} />
    </div>
  );
}
