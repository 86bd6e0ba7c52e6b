import type { Me } from '@homeroom/protocol';
import { useState } from 'react';
import type { ApiError } from '../../shared/api/api-error.ts';
import { SignInForm } from '../../shared/ui/sign-in-form.tsx';
import { signInFaultWords } from '../../shared/words/sign-in-fault-words.ts';
import { useMe } from './me-provider.tsx';
import { nextPath } from './next-path.ts';
import { ProviderButton } from './provider-button.tsx';
import { SignInCard } from './sign-in-card.tsx';

/**
 * The portal's door. A desktop's address that was opened without a sign-in is gone on to afterwards.
 *
 * @param fault why the way over the OpenID provider did not lead in
 */
export function SignInPage({ fault }: { fault?: ApiError | undefined }) {
  const { take, isOver } = useMe();
  const [providerFault, setProviderFault] = useState(fault);

  const enter = (me: Me): void => {
    const next = nextPath(window.location.search);
    if (next) window.location.assign(next);
    else take(me);
  };
  return (
    <SignInCard lead="Sign in to get your desktop.">
      {isOver && !providerFault && (
        <p className="notice" data-tone="warn" role="status">
          Your sign-in has ended. Sign in again, and this page goes on where it was.
        </p>
      )}
      {providerFault && (
        <p className="notice" data-tone="bad" role="alert">
          {signInFaultWords(providerFault)}
        </p>
      )}
      <SignInForm onSignedIn={enter} />
      <ProviderButton onFault={setProviderFault} />
    </SignInCard>
  );
}
