import type { ListedUser } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';

/** Give a person a new password: the way back in when it was forgotten. */
export function NewPasswordDialog({ person, onClose }: { person: ListedUser; onClose: () => void }) {
  const saving = useAction();
  const [fault, setFault] = useState<string>();
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    const isLongEnough = password.length >= 8;
    setFault(isLongEnough ? undefined : 'Use at least 8 characters.');
    if (!isLongEnough) return;
    const isDone = await saving.run(
      () => request('PUT', `users/${person.id}/password`, { body: { password } }),
      `${person.displayName} has a new password.`,
    );
    if (isDone) onClose();
  };
  return (
    <Dialog title={`New password for ${person.displayName}`} onClose={onClose}>
      <form className="form" onSubmit={(event) => void save(event)}>
        <p>Every sign-in of {person.username} ends, and a desktop at a seat with it.</p>
        <TextField
          label="New password"
          name="password"
          type="text"
          hint="At least 8 characters. You see it, so that you can hand it over."
          fault={fault}
          maxLength={1024}
          autoComplete="off"
          required
          data-autofocus
        />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={saving.isBusy}>
            Set it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
