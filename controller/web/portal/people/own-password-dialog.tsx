import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';

/** Change one's own password. */
export function OwnPasswordDialog({ onClose }: { onClose: () => void }) {
  const saving = useAction();
  const [fault, setFault] = useState<string>();
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [current, password, again] = ['current', 'password', 'again'].map((name) =>
      String(fields.get(name)),
    );
    const found = faultOf(password ?? '', again ?? '');
    setFault(found);
    if (found !== undefined) return;
    const isDone = await saving.run(
      () => request('PUT', 'me/password', { body: { current, password } }),
      'Your password is changed.',
    );
    if (isDone) onClose();
  };
  return (
    <Dialog title="Change my password" onClose={onClose}>
      <form className="form" onSubmit={(event) => void save(event)}>
        <TextField
          label="Current password"
          name="current"
          type="password"
          autoComplete="current-password"
          maxLength={1024}
          required
          data-autofocus
        />
        <TextField
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint="At least 8 characters."
          fault={fault}
          maxLength={1024}
          required
        />
        <TextField
          label="New password again"
          name="again"
          type="password"
          autoComplete="new-password"
          maxLength={1024}
          required
        />
        <p>You stay signed in here; everywhere else you have to sign in again.</p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={saving.isBusy}>
            Change it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function faultOf(password: string, again: string): string | undefined {
  if (password.length < 8) return 'Use at least 8 characters.';
  return password === again ? undefined : 'The two are not the same.';
}
