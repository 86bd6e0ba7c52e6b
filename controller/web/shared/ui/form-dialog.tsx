import { type FormEvent, type ReactNode, useState } from 'react';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { Dialog, type DialogProps } from './dialog.tsx';

export interface FormDialogProps extends Pick<DialogProps, 'title' | 'onClose' | 'shape'> {
  readonly submitLabel: string;
  /** Sends what was typed; what it throws is told in the dialog, which stays open then. */
  readonly onSubmit: (fields: FormData) => Promise<void>;
  readonly children: ReactNode;
}

/** A dialog that asks for something and sends it; it closes when that is done. */
export function FormDialog({ title, submitLabel, onSubmit, onClose, shape, children }: FormDialogProps) {
  const [error, setError] = useState<ApiError>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setError(undefined);
    try {
      await onSubmit(fields);
      onClose();
    } catch (caught) {
      setError(toApiError(caught));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose} {...(shape && { shape })}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        {children}
        {error && (
          <p className="notice" data-tone="bad" role="alert">
            <strong>{error.title}</strong> {error.remedy}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={isBusy}>
            {submitLabel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
