import type { CreatedUser, CreateUserRequest } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';
import { PasswordOnce } from './password-once.tsx';
import { roleChoices, roleOf } from './role-choices.ts';

/** Make an account; afterwards its password is shown, this once. */
export function NewPersonDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<CreatedUser>();
  const adding = useAction();
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const body = personRequest(new FormData(event.currentTarget));
    void adding.run(async () => setMade(await request<CreatedUser>('POST', 'users', { body })));
  };
  if (made?.password)
    return (
      <Dialog title={`${made.displayName} is in`} onClose={onClose}>
        <PasswordOnce username={made.username} password={made.password} />
      </Dialog>
    );
  return (
    <Dialog title="Add a person" onClose={onClose}>
      <form className="form" onSubmit={add}>
        <TextField
          label="User name"
          name="username"
          hint="Small letters, digits and . _ @ -, as it is typed at sign-in."
          pattern="[A-Za-z0-9][A-Za-z0-9._@\-]*"
          maxLength={64}
          autoComplete="off"
          required
          data-autofocus
        />
        <TextField
          label="Name"
          name="displayName"
          hint="As others read it."
          maxLength={200}
          autoComplete="off"
        />
        <SelectField label="Role" name="role" defaultValue="student">
          {roleChoices.map(({ role, label }) => (
            <option key={role} value={role}>
              {label}
            </option>
          ))}
        </SelectField>
        <p>Homeroom makes a password and shows it once.</p>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={adding.isBusy}>
            Add
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function personRequest(fields: FormData): CreateUserRequest {
  const displayName = String(fields.get('displayName') ?? '').trim();
  return {
    username: String(fields.get('username') ?? ''),
    ...(displayName === '' ? {} : { displayName }),
    role: roleOf(fields.get('role')),
  };
}
