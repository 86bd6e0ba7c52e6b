import type { ListedUser, Quota } from '@homeroom/protocol';
import type { FormEvent } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { ChoiceField } from '../lessons/choice-field.tsx';
import type { Choices } from '../lessons/use-choices.ts';
import { useAction } from '../toasts/use-action.ts';
import { limitsOf } from './quota-words.ts';

export interface QuotaDialogProps {
  readonly choices: Choices;
  /** The one to change; a new one without. */
  readonly quota?: Quota;
  readonly onClose: () => void;
}

/** Make a limit, or change what it allows. */
export function QuotaDialog({ choices, quota, onClose }: QuotaDialogProps) {
  const saving = useAction();
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const scope = (name: string) => String(fields.get(name) ?? '') || null;
    const limits = limitsOf(fields);
    const made = { user: scope('user'), group: scope('group'), template: scope('template'), ...limits };
    const isDone = await saving.run(
      () =>
        quota
          ? request('PATCH', `quotas/${quota.id}`, { body: limits })
          : request('POST', 'quotas', { body: made }),
      'The limit holds from now on.',
    );
    if (isDone) onClose();
  };
  return (
    <Dialog title={quota ? 'Change the limit' : 'New limit'} onClose={onClose}>
      <form className="form" onSubmit={(event) => void save(event)}>
        {!quota && <ScopeFields choices={choices} />}
        <TextField
          label="Sessions at once"
          name="activeSessions"
          type="number"
          min={0}
          defaultValue={quota?.activeSessions ?? undefined}
          hint="Of all together. Empty is no limit."
          data-autofocus={quota !== undefined}
        />
        <TextField
          label="Desktops at once"
          name="totalDesktops"
          type="number"
          min={0}
          defaultValue={quota?.totalDesktops ?? undefined}
          hint="Of all together, with those that are being removed."
        />
        <TextField
          label="Hours a week"
          name="hoursPerWeek"
          type="number"
          min={0}
          max={168}
          step="any"
          defaultValue={quota?.hoursPerWeek ?? undefined}
          hint="Of each person, from Monday to Sunday."
        />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={saving.isBusy}>
            {quota ? 'Change it' : 'Limit it'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function ScopeFields({ choices }: { choices: Choices }) {
  const people = useResource<{ items: ListedUser[] }>('users', { kinds: ['user'] });
  const persons = (people.value?.items ?? []).map(({ id, displayName, username }) => ({
    id,
    name: `${displayName} (${username})`,
  }));
  return (
    <>
      <p>For a group or a person, for one template or all.</p>
      <ChoiceField label="Group" name="group" items={choices.groups} value={null} none="None" />
      <ChoiceField label="Person" name="user" items={persons} value={null} none="None" />
      <ChoiceField label="Desktop" name="template" items={choices.templates} value={null} none="All" />
    </>
  );
}
