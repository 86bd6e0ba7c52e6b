import type { ListedUser, PatchUserRequest } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { useAction } from '../toasts/use-action.ts';
import { NewPasswordDialog } from './new-password-dialog.tsx';
import { roleChoices, roleOf } from './role-choices.ts';

/** One person; nobody takes their own rights away by a slip. */
export function PersonRow({ person, isSelf }: { person: ListedUser; isSelf: boolean }) {
  const confirm = useConfirm();
  const changing = useAction();
  const [isSetting, setSetting] = useState(false);
  const { id, displayName, username, role, disabled, source, secondStep } = person;
  const change = (patch: PatchUserRequest, done: string): Promise<boolean> =>
    changing.run(() => request('PATCH', `users/${id}`, { body: patch }), done);
  const disable = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Disable ${displayName}?`,
      text: 'They are signed out everywhere and their desktop ends. Their files are kept.',
      confirmLabel: 'Disable',
    });
    if (isSure) await change({ disabled: true }, `${displayName} is disabled.`);
  };
  const reset = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Reset the second step of ${displayName}?`,
      text: 'Their password alone lets them in then. Do it for who lost both phone and recovery codes.',
      confirmLabel: 'Reset it',
    });
    if (!isSure) return;
    const send = () => request('DELETE', `users/${id}/second-step`);
    await changing.run(send, `${displayName} signs in without a code now.`);
  };
  return (
    <tr>
      <th scope="row">
        {displayName}
        <small className="mono">{username}</small>
      </th>
      <td>
        <select
          className="input"
          aria-label={`Role of ${displayName}`}
          value={role}
          disabled={isSelf || changing.isBusy}
          onChange={({ target }) =>
            void change({ role: roleOf(target.value) }, `${displayName} has another role now.`)
          }
        >
          {roleChoices.map((choice) => (
            <option key={choice.role} value={choice.role}>
              {choice.label}
            </option>
          ))}
        </select>
      </td>
      <td>
        {disabled ? 'disabled' : 'may sign in'}
        {secondStep && <small>with a second step</small>}
      </td>
      <td className="actions">
        <div className="row-actions">
          {!isSelf && secondStep && (
            <button type="button" className="button" disabled={changing.isBusy} onClick={() => void reset()}>
              Reset second step
            </button>
          )}
          {!isSelf && source === 'local' && (
            <button type="button" className="button" onClick={() => setSetting(true)}>
              New password
            </button>
          )}
          {disabled && (
            <button
              type="button"
              className="button"
              disabled={changing.isBusy}
              onClick={() => void change({ disabled: false }, `${displayName} may sign in again.`)}
            >
              Enable
            </button>
          )}
          {!disabled && !isSelf && (
            <button
              type="button"
              className="button danger"
              disabled={changing.isBusy}
              onClick={() => void disable()}
            >
              Disable
            </button>
          )}
        </div>
        {isSetting && <NewPasswordDialog person={person} onClose={() => setSetting(false)} />}
      </td>
    </tr>
  );
}
