import type { Me, SecondStep } from '@homeroom/protocol';
import { useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from '../../shared/api/api-error.ts';
import { csrfToken } from '../../shared/api/csrf-token.ts';
import { request } from '../../shared/api/request.ts';
import { SecondStepForm } from '../../shared/ui/second-step-form.tsx';
import { nextAfterProvider } from './provider-sign-in.ts';
import { SignInCard } from './sign-in-card.tsx';

export interface ProviderReturnProps {
  readonly onSignedIn: (me: Me) => void;
  /** Back to the door, with the reason. */
  readonly onFault: (error: ApiError | undefined) => void;
}

/** Where people come back to from the OpenID provider: the controller hears its answer, once. */
export function ProviderReturn({ onSignedIn, onFault }: ProviderReturnProps) {
  const [owed, setOwed] = useState<SecondStep>();
  const outcomeRef = useRef({ onSignedIn, onFault });
  outcomeRef.current = { onSignedIn, onFault };
  const hasAskedRef = useRef(false);

  const enter = (me: Me): void => {
    const next = nextAfterProvider();
    if (next) window.location.assign(next);
    else outcomeRef.current.onSignedIn(me);
  };
  const enterRef = useRef(enter);
  enterRef.current = enter;
  useEffect(() => {
    if (hasAskedRef.current) return;
    hasAskedRef.current = true;
    const answer = window.location.search.slice(1);
    // The code is nobody's business any more: not the history's, not that of whoever looks over a shoulder.
    window.history.replaceState(null, '', '/');
    const finish = async (): Promise<void> => {
      try {
        const me = await request<Me>('POST', 'sign-in/oidc/finish', { body: { answer } });
        csrfToken.keep(me.csrfToken);
        enterRef.current(me);
      } catch (caught) {
        const failure = toApiError(caught);
        if (failure.secondStep) setOwed(failure.secondStep);
        else outcomeRef.current.onFault(failure);
      }
    };
    void finish();
  }, []);

  return (
    <SignInCard lead="Your sign-in comes to its end.">
      {owed ? (
        <SecondStepForm secondStep={owed} onSignedIn={enter} onBack={onFault} />
      ) : (
        <p role="status">One moment…</p>
      )}
    </SignInCard>
  );
}
