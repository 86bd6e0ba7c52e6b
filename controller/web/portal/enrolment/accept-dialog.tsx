import type { Enrolment } from '@homeroom/protocol';
import type { FormEvent } from 'react';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import type { SeatChoice } from '../devices/seat-choices.ts';
import { useAction } from '../toasts/use-action.ts';

export interface AcceptDialogProps {
  readonly enrolment: Enrolment;
  readonly choices: readonly SeatChoice[];
  readonly onClose: () => void;
}

/** Let a device in: what it is called and where it stands. */
export function AcceptDialog({ enrolment, choices, onClose }: AcceptDialogProps) {
  const accepting = useAction();
  const accept = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const name = String(fields.get('name')).trim();
    const seat = String(fields.get('seat'));
    const body = { accept: true, name, ...(seat === '' ? {} : { seat }) };
    const isDone = await accepting.run(
      () => request('POST', `enrolments/${enrolment.id}`, { body }),
      `${name} is in.`,
    );
    if (isDone) onClose();
  };
  return (
    <Dialog title="Accept this device" onClose={onClose}>
      <form className="form" onSubmit={(event) => void accept(event)}>
        <p>Does the same code stand on its screen?</p>
        <p className="waiting-code">
          {enrolment.code.slice(0, 3)} {enrolment.code.slice(3)}
        </p>
        <TextField
          label="Name"
          name="name"
          defaultValue={enrolment.name ?? enrolment.device}
          maxLength={200}
          required
          data-autofocus
        />
        <SelectField label="Seat" name="seat" defaultValue="">
          <option value="">no seat yet</option>
          {choices
            .filter((choice) => choice.device === null)
            .map((choice) => (
              <option key={choice.seat} value={choice.seat}>
                {choice.label}
              </option>
            ))}
        </SelectField>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={accepting.isBusy}>
            The codes match: accept
          </button>
        </div>
      </form>
    </Dialog>
  );
}
