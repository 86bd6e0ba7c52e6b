import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';

export interface NameDialogProps {
  readonly title: string;
  readonly label: string;
  readonly value?: string;
  readonly method?: 'POST' | 'PATCH';
  /** Takes `{name}`. */
  readonly path: string;
  readonly onClose: () => void;
}

/** Ask for a name, and send it. */
export function NameDialog({ title, label, value = '', method = 'POST', path, onClose }: NameDialogProps) {
  const saving = useAction();
  const [fault, setFault] = useState<string>();
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    setFault(name === '' ? 'Type at least one letter or digit.' : undefined);
    if (name === '') return;
    if (await saving.run(() => request(method, path, { body: { name } }))) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="form" onSubmit={(event) => void save(event)}>
        <TextField
          label={label}
          name="name"
          defaultValue={value}
          fault={fault}
          maxLength={200}
          required
          data-autofocus
        />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={saving.isBusy}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}
