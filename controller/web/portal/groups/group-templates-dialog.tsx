import type { Group, Template } from '@homeroom/protocol';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { groupsAfter, whoseWords } from './template-choice.ts';

export interface GroupTemplatesDialogProps {
  readonly group: Group;
  readonly groups: readonly Group[];
  readonly onClose: () => void;
}

/** Which templates are for a group; one that is for no group is everybody's. */
export function GroupTemplatesDialog({ group, groups, onClose }: GroupTemplatesDialogProps) {
  const templates = useResource<{ items: Template[] }>('templates', { kinds: ['template'] });
  const saving = useAction();
  const choose = (template: string, isWanted: boolean): void => {
    const body = { groups: groupsAfter(groups, template, group.id, isWanted) };
    void saving.run(() => request('PUT', `templates/${template}/groups`, { body }));
  };
  return (
    <Dialog title={`Templates of ${group.name}`} onClose={onClose}>
      <div className="form">
        <p>
          A template that is for certain groups is seen by their members alone, and by teachers and admins.
        </p>
        <ProblemNotice error={templates.error} />
        {byName(templates.value?.items ?? [], ({ name }) => name).map(({ id, name }) => (
          <CheckField
            key={id}
            label={name}
            hint={whoseWords(groups, id)}
            checked={group.templates.includes(id)}
            disabled={saving.isBusy}
            onChange={({ target }) => choose(id, target.checked)}
          />
        ))}
        <div className="dialog-actions">
          <button type="button" className="button primary" onClick={onClose}>
            Done
          </button>
        </div>
      </div>
    </Dialog>
  );
}
