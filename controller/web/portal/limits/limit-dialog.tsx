import type { Quota } from '@homeroom/protocol';
import { useState } from 'react';
import { ApiError } from '../../shared/api/api-error.ts';
import { request } from '../../shared/api/request.ts';
import { numberOf, textOf } from '../../shared/form-values.ts';
import { FormDialog } from '../../shared/ui/form-dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { type LimitNames, scopeWords } from './limit-words.ts';

export interface LimitDialogProps {
  /** The one to change; without it a new one is made. */
  readonly quota?: Quota;
  readonly names: LimitNames;
  readonly onClose: () => void;
}

const numbers = [
  { name: 'activeSessions', label: 'Sessions at the same time', max: 100_000, step: 1 },
  { name: 'totalDesktops', label: 'Desktops at the same time', max: 100_000, step: 1 },
  { name: 'hoursPerWeek', label: 'Hours a week, each person', max: 168, step: 'any' },
] as const;

/** Make a limit, or change its numbers: whom it is for stays. */
export function LimitDialog({ quota, names, onClose }: LimitDialogProps) {
  const save = async (fields: FormData): Promise<void> => {
    const limits = Object.fromEntries(numbers.map(({ name }) => [name, numberOf(fields, name)]));
    if (Object.values(limits).every((limit) => limit === null))
      throw new ApiError({ title: 'Nothing is limited yet.', remedy: 'Type at least one number.' });
    if (quota) return await request('PATCH', `quotas/${quota.id}`, { body: limits });
    await request('POST', 'quotas', { body: { ...scopeOf(fields, names), ...limits } });
  };
  return (
    <FormDialog
      title={quota ? scopeWords(quota, names) : 'Add a limit'}
      submitLabel={quota ? 'Save' : 'Add it'}
      onSubmit={save}
      onClose={onClose}
    >
      {!quota && <ScopeFields names={names} />}
      {numbers.map(({ name, label, max, step }, index) => (
        <TextField
          key={name}
          label={label}
          name={name}
          type="number"
          min={0}
          max={max}
          step={step}
          defaultValue={quota?.[name] ?? ''}
          data-autofocus={quota !== undefined && index === 0}
        />
      ))}
      <p className="section-lead">What is left empty is not limited.</p>
    </FormDialog>
  );
}

function ScopeFields({ names }: { names: LimitNames }) {
  const [whom, setWhom] = useState('everybody');
  return (
    <>
      <SelectField
        label="For"
        name="whom"
        value={whom}
        onChange={({ target }) => setWhom(target.value)}
        data-autofocus
      >
        <option value="everybody">everybody together</option>
        <option value="group">a group</option>
        <option value="person">one person</option>
      </SelectField>
      {whom === 'group' && (
        <SelectField label="Group" name="group" required>
          {byName(names.groups, ({ name }) => name).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {whom === 'person' && (
        <>
          <TextField label="User name" name="username" list="people-to-limit" autoComplete="off" required />
          <datalist id="people-to-limit">
            {names.people.map(({ id, username, displayName }) => (
              <option key={id} value={username}>
                {displayName}
              </option>
            ))}
          </datalist>
        </>
      )}
      <SelectField label="With" name="template">
        <option value="">every desktop</option>
        {byName(names.templates, ({ name }) => name).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    </>
  );
}

function scopeOf(fields: FormData, names: LimitNames) {
  const username = textOf(fields, 'username')?.toLowerCase();
  const person = names.people.find((each) => each.username === username);
  if (username !== undefined && !person)
    throw new ApiError({ title: 'Nobody has this user name.', remedy: 'Choose one of the list.' });
  return {
    user: person?.id ?? null,
    group: textOf(fields, 'group') ?? null,
    template: textOf(fields, 'template') ?? null,
  };
}
