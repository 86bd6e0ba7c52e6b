import type { Seat, Template } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { secondsOf, textOf } from '../../shared/form-values.ts';
import { FormDialog } from '../../shared/ui/form-dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';

const minuteS = 60;

export interface SeatDialogProps {
  readonly seat: Seat;
  readonly templates: readonly Template[];
  readonly onClose: () => void;
}

/** Rename a seat, and say what somebody without an account gets there. */
export function SeatDialog({ seat, templates, onClose }: SeatDialogProps) {
  const [guest, setGuest] = useState(seat.guest?.template ?? '');
  const save = async (fields: FormData): Promise<void> => {
    const limitS = secondsOf(fields, 'limitMinutes', minuteS);
    await request('PATCH', `seats/${seat.id}`, {
      body: {
        name: textOf(fields, 'name') ?? seat.name,
        guest: guest === '' ? null : { template: guest, limitS },
      },
    });
  };
  return (
    <FormDialog title={`Change ${seat.name}`} submitLabel="Save" onSubmit={save} onClose={onClose}>
      <TextField label="Name" name="name" defaultValue={seat.name} maxLength={200} required data-autofocus />
      <SelectField
        label="Without an account, people get"
        value={guest}
        onChange={({ target }) => setGuest(target.value)}
      >
        <option value="">nothing: they have to sign in</option>
        {templates.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {guest !== '' && (
        <TextField
          label="For so many minutes"
          name="limitMinutes"
          type="number"
          min={1}
          max={1440}
          defaultValue={seat.guest?.limitS ? seat.guest.limitS / minuteS : 60}
          hint="Empty for as long as the template allows. A guest’s files are removed afterwards."
        />
      )}
    </FormDialog>
  );
}
