import type { CreateTemplateRequest, TemplateDetails } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { textOf } from '../../shared/form-values.ts';
import { FormDialog } from '../../shared/ui/form-dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { navigate } from '../route/navigate.ts';
import { IconField } from './icon-field.tsx';
import { idOf, offeredProviders, providerWords } from './template-words.ts';

/** Make a template: the least that its card needs; everything else is on its page. */
export function NewTemplateDialog({ onClose }: { onClose: () => void }) {
  const [icon, setIcon] = useState('desktop');
  const [suggested, setSuggested] = useState('');
  const make = async (fields: FormData): Promise<void> => {
    const body: CreateTemplateRequest = {
      id: textOf(fields, 'id') ?? '',
      name: textOf(fields, 'name') ?? '',
      description: textOf(fields, 'description') ?? '',
      provider: offeredProviders.find((name) => name === fields.get('provider')) ?? 'host',
      icon,
    };
    const made = await request<TemplateDetails>('POST', 'templates', { body });
    navigate(`/templates/${made.id}`);
  };
  return (
    <FormDialog title="Make a template" submitLabel="Make it" onSubmit={make} onClose={onClose}>
      <TextField
        label="Name"
        name="name"
        hint="As it stands on the card."
        maxLength={200}
        required
        data-autofocus
        onInput={({ currentTarget }) => setSuggested(idOf(currentTarget.value))}
      />
      <TextField
        key={suggested}
        label="Id"
        name="id"
        defaultValue={suggested}
        hint="Small letters, digits and -; for scripts and addresses. It stays."
        pattern="[a-z0-9][a-z0-9\-]{0,62}"
        maxLength={63}
        autoComplete="off"
        required
      />
      <TextField
        label="Description"
        name="description"
        hint="What it is for, in a sentence."
        maxLength={2000}
      />
      <SelectField label="Made by" name="provider" defaultValue="host">
        {offeredProviders.map((name) => (
          <option key={name} value={name}>
            {providerWords(name)}
          </option>
        ))}
      </SelectField>
      <IconField value={icon} onChange={setIcon} />
    </FormDialog>
  );
}
