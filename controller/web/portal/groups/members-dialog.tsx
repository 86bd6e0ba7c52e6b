import type { Group, ListedUser } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import './members-dialog.css';

export interface MembersDialogProps {
  readonly group: Group;
  readonly mayChange: boolean;
  readonly onClose: () => void;
}

/** Who belongs to a group; for admins with the way in and out. */
export function MembersDialog({ group, mayChange, onClose }: MembersDialogProps) {
  const path = `groups/${group.id}/members`;
  const members = useResource<{ items: ListedUser[] }>(path, { kinds: ['group', 'user'] });
  const changing = useAction();
  const items = members.value && byName(members.value.items, ({ displayName }) => displayName);
  return (
    <Dialog title={`Members of ${group.name}`} onClose={onClose} shape="drawer">
      {mayChange && <AddMember group={group} members={items ?? []} />}
      <ProblemNotice error={members.error} />
      {items?.length === 0 && <p>Nobody belongs to it yet.</p>}
      <ul className="member-list" aria-label={`Members of ${group.name}`}>
        {items?.map(({ id, displayName, username }) => (
          <li key={id}>
            <span>
              {displayName} <small className="mono">{username}</small>
            </span>
            {mayChange && (
              <button
                type="button"
                className="button quiet"
                aria-label={`Take ${displayName} out`}
                disabled={changing.isBusy}
                onClick={() => void changing.run(() => request('DELETE', `${path}/${id}`))}
              >
                Take out
              </button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** People are found as they are typed: by the browser's own list, which the keyboard reaches. */
function AddMember({ group, members }: { group: Group; members: readonly ListedUser[] }) {
  const people = useResource<{ items: ListedUser[] }>('users', { kinds: ['user'] });
  const [fault, setFault] = useState<string>();
  const adding = useAction();
  const others = (people.value?.items ?? []).filter(({ id }) => !members.some((member) => member.id === id));
  const add = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = String(new FormData(form).get('person')).trim().toLowerCase();
    const person = others.find(({ username }) => username === typed);
    setFault(person ? undefined : 'Nobody else has this user name.');
    if (!person) return;
    const body = { users: [person.id] };
    const isDone = await adding.run(() => request('POST', `groups/${group.id}/members`, { body }));
    if (isDone) form.reset();
  };
  return (
    <form className="form" onSubmit={(event) => void add(event)}>
      <TextField
        label="Add by user name"
        name="person"
        list="people-to-add"
        fault={fault}
        maxLength={64}
        autoComplete="off"
        required
        data-autofocus
      />
      <datalist id="people-to-add">
        {others.map(({ id, username, displayName }) => (
          <option key={id} value={username}>
            {displayName}
          </option>
        ))}
      </datalist>
      <div className="dialog-actions">
        <button type="submit" className="button primary" disabled={adding.isBusy}>
          Add
        </button>
      </div>
    </form>
  );
}
