import type { RecoveryCodes, SecondStepEnrolment } from '@homeroom/protocol';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { RecoveryCodeList } from '../../shared/ui/recovery-code-list.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';

const AuthenticatorSecret = lazy(async () => ({
  default: (await import('../../shared/ui/authenticator-secret.tsx')).AuthenticatorSecret,
}));

/** The password, then the app, then the recovery codes. */
export function SetUpDialog({ onClose }: { onClose: () => void }) {
  const [enrolment, setEnrolment] = useState<SecondStepEnrolment>();
  const [codes, setCodes] = useState<readonly string[]>();
  const working = useAction();
  const begin = (current: string): void =>
    void working.run(async () =>
      setEnrolment(await request<SecondStepEnrolment>('POST', 'me/second-step', { body: { current } })),
    );
  const confirm = (code: string): void =>
    void working.run(async () => {
      const answer = await request<RecoveryCodes>('PUT', 'me/second-step', { body: { code } });
      setCodes(answer.recoveryCodes);
    }, 'Your second step is set up.');
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('typed'));
    if (enrolment) confirm(typed);
    else begin(typed);
  };
  if (codes) {
    return (
      <Dialog title="Recovery codes" onClose={onClose}>
        <RecoveryCodeList codes={codes} onKept={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog title="Set up a second step" onClose={onClose}>
      <form key={enrolment ? 'code' : 'password'} className="form" onSubmit={submit}>
        {enrolment ? (
          <>
            <Suspense fallback={<p>Drawing the code…</p>}>
              <AuthenticatorSecret enrolment={enrolment} />
            </Suspense>
            <TextField
              label="Code"
              name="typed"
              inputMode="numeric"
              autoComplete="one-time-code"
              minLength={6}
              maxLength={10}
              required
              autoFocus
            />
          </>
        ) : (
          <TextField
            label="Your password"
            name="typed"
            type="password"
            hint="So that nobody else does this at your screen."
            autoComplete="current-password"
            maxLength={1024}
            required
            data-autofocus
          />
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={working.isBusy}>
            {enrolment ? 'Take it into use' : 'Go on'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
