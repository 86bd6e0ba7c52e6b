import type { Me, SecondStep } from '@homeroom/protocol';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { csrfToken } from '../api/csrf-token.ts';
import { request } from '../api/request.ts';
import { signInFaultWords } from '../words/sign-in-fault-words.ts';
import { SecondStepForm } from './second-step-form.tsx';
import { TextField } from './text-field.tsx';

/** User name and password, and a code where one is owed; calls back with who it is once the controller agrees. */
export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [error, setError] = useState<ApiError>();
  const [owed, setOwed] = useState<SecondStep>();
  const [isBusy, setBusy] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (!owed) formRef.current?.querySelector<HTMLInputElement>('[name=username]')?.focus();
  }, [owed]);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setError(undefined);
    try {
      const me = await request<Me>('POST', 'sign-in', {
        body: { username: fields.get('username'), password: fields.get('password') },
      });
      csrfToken.keep(me.csrfToken);
      onSignedIn(me);
    } catch (caught) {
      const failure = toApiError(caught);
      if (failure.secondStep) setOwed(failure.secondStep);
      else setError(failure);
      formRef.current?.querySelector<HTMLInputElement>('[name=password]')?.select();
    } finally {
      setBusy(false);
    }
  };

  const startAgain = (failure?: ApiError): void => {
    setOwed(undefined);
    setError(failure);
  };

  if (owed) return <SecondStepForm secondStep={owed} onSignedIn={onSignedIn} onBack={startAgain} />;
  return (
    <form ref={formRef} className="form sign-in-form" onSubmit={(event) => void submit(event)}>
      <TextField
        label="User name"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        required
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={1024}
        required
      />
      <p className="sign-in-fault" role="alert">
        {error && signInFaultWords(error)}
      </p>
      <button type="submit" className="button primary" disabled={isBusy}>
        {isBusy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  );
}
