import type { Me, SecondStep, SecondStepAnswer, SecondStepEnrolment } from '@homeroom/protocol';
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { csrfToken } from '../api/csrf-token.ts';
import { request } from '../api/request.ts';
import { signInFaultWords } from '../words/sign-in-fault-words.ts';
import { RecoveryCodeList } from './recovery-code-list.tsx';
import { TextField } from './text-field.tsx';

/** Only who sets a second step up needs what draws QR codes. */
const AuthenticatorSecret = lazy(async () => ({
  default: (await import('./authenticator-secret.tsx')).AuthenticatorSecret,
}));

export interface SecondStepFormProps {
  readonly secondStep: SecondStep;
  readonly onSignedIn: (me: Me) => void;
  /** Back to user name and password; with the reason when this sign-in is over. */
  readonly onBack: (error?: ApiError) => void;
}

/** After the password: a code of the authenticator app, which is set up here where it must be and is not yet. */
export function SecondStepForm({ secondStep, onSignedIn, onBack }: SecondStepFormProps) {
  const { ticket, kind } = secondStep;
  const [enrolment, setEnrolment] = useState<SecondStepEnrolment>();
  const [passed, setPassed] = useState<SecondStepAnswer>();
  const [error, setError] = useState<ApiError>();
  const [isBusy, setBusy] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);
  const backRef = useRef(onBack);
  backRef.current = onBack;

  useEffect(() => {
    if (kind === 'code') return;
    request<SecondStepEnrolment>('POST', 'sign-in/second-step/set-up', { body: { ticket } }).then(
      setEnrolment,
      (caught: unknown) => backRef.current(toApiError(caught)),
    );
  }, [kind, ticket]);
  useEffect(() => formRef.current?.querySelector<HTMLInputElement>('[name=code]')?.focus(), []);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code'));
    setBusy(true);
    setError(undefined);
    try {
      const answer = await request<SecondStepAnswer>('POST', 'sign-in/second-step', {
        body: { ticket, code },
      });
      csrfToken.keep(answer.csrfToken);
      if (answer.recoveryCodes) setPassed(answer);
      else onSignedIn(answer);
    } catch (caught) {
      const failure = toApiError(caught);
      if (failure.code === 'second_step_over') onBack(failure);
      else setError(failure);
      formRef.current?.querySelector<HTMLInputElement>('[name=code]')?.select();
    } finally {
      setBusy(false);
    }
  };

  if (passed?.recoveryCodes) {
    return <RecoveryCodeList codes={passed.recoveryCodes} onKept={() => onSignedIn(passed)} />;
  }
  return (
    <form ref={formRef} className="form sign-in-form" onSubmit={(event) => void submit(event)}>
      {kind === 'set-up' && <p>Your role needs a second step beside the password.</p>}
      {enrolment && (
        <Suspense fallback={<p>Drawing the code…</p>}>
          <AuthenticatorSecret enrolment={enrolment} />
        </Suspense>
      )}
      <TextField
        label="Code"
        name="code"
        hint={kind === 'code' ? 'Six digits from your authenticator app, or a recovery code.' : undefined}
        inputMode={kind === 'code' ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        minLength={6}
        maxLength={40}
        required
      />
      <p className="sign-in-fault" role="alert">
        {error && signInFaultWords(error)}
      </p>
      <button type="submit" className="button primary" disabled={isBusy}>
        {isBusy ? 'Signing in…' : 'Sign in'}
      </button>
      <button type="button" className="button quiet" onClick={() => onBack()}>
        Start again
      </button>
    </form>
  );
}
