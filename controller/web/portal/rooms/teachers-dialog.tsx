import type { ListedUser, Room } from '@homeroom/protocol';
import type { FormEvent } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';

/** Whose room it is: the teachers who see and run it. */
export function TeachersDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const people = useResource<{ items: ListedUser[] }>('users', { kinds: ['user'] });
  const saving = useAction();
  const teachers = people.value?.items.filter(({ role }) => role === 'teacher');

  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).getAll('teachers').map(String);
    const isDone = await saving.run(
      () => request('PUT', `rooms/${room.id}/teachers`, { body: { teachers: chosen } }),
      `Teachers of ${room.name} are saved.`,
    );
    if (isDone) onClose();
  };
  return (
    <Dialog title={`Teachers of ${room.name}`} onClose={onClose}>
      <form className="form" onSubmit={(event) => void save(event)}>
        <p>They see this room, its seats and desktops, and run it. Admins may use every room.</p>
        <ProblemNotice error={people.error} />
        {teachers?.length === 0 && <p>Nobody has the role teacher yet.</p>}
        {byName(teachers ?? [], ({ displayName }) => displayName).map(({ id, displayName, username }) => (
          <CheckField
            key={id}
            label={displayName}
            hint={username}
            name="teachers"
            value={id}
            defaultChecked={room.teachers.includes(id)}
          />
        ))}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={saving.isBusy || !teachers}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
