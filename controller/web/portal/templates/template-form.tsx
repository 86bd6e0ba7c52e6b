import type { Group, TemplateDetails } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';
import { GroupChoice } from './group-choice.tsx';
import { IconField } from './icon-field.tsx';
import { PolicyFields } from './policy-fields.tsx';
import { SourceFields } from './source-fields.tsx';
import { templatePatch } from './template-patch.ts';
import { TimeFields } from './time-fields.tsx';

export interface TemplateFormProps {
  readonly template: TemplateDetails;
  readonly groups: readonly Group[];
}

/** All of a template in one form, saved at once. */
export function TemplateForm({ template, groups }: TemplateFormProps) {
  const { id } = template;
  const [icon, setIcon] = useState(template.icon);
  const [isChanged, setChanged] = useState(false);
  const saving = useAction();

  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const isDone = await saving.run(async () => {
      await request('PUT', `templates/${id}/groups`, { body: { groups: fields.getAll('groups') } });
      await request('PATCH', `templates/${id}`, { body: { ...templatePatch(template, fields), icon } });
    }, `${template.name} is saved.`);
    if (isDone) setChanged(false);
  };

  return (
    <form
      className="template-form"
      onSubmit={(event) => void save(event)}
      onInput={() => setChanged(true)}
      onChange={() => setChanged(true)}
    >
      <section className="card" aria-labelledby="card-title">
        <h2 id="card-title">The card</h2>
        <div className="field-row">
          <TextField label="Name" name="name" defaultValue={template.name} maxLength={200} required />
          <TextField
            label="Description"
            name="description"
            defaultValue={template.description}
            maxLength={2000}
            hint="What it is for, in a sentence."
          />
        </div>
        <IconField value={icon} onChange={setIcon} />
      </section>
      <GroupChoice template={id} groups={groups} />
      <PolicyFields policies={template.policies} />
      <TimeFields template={template} />
      <SourceFields template={template} />
      <div className="save-bar card">
        <span role="status">{isChanged ? 'Not saved yet.' : ''}</span>
        <button type="submit" className="button primary" disabled={!isChanged || saving.isBusy}>
          Save
        </button>
      </div>
    </form>
  );
}
