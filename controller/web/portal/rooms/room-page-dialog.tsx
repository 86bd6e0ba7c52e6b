import { type FormEvent, useState } from 'react';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';

export interface RoomPageDialogProps {
  /** What is open at some seat; null for nothing. */
  readonly current: string | null;
  /** Null ends it. @returns whether it was taken */
  readonly onOpen: (url: string | null) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Open a page at every seat, or end that. */
export function RoomPageDialog({ current, onOpen, onClose }: RoomPageDialogProps) {
  const [page, setPage] = useState(current ?? 'https://');
  const open = async (url: string | null): Promise<void> => {
    if (await onOpen(url)) onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void open(page.trim());
  };
  return (
    <Dialog title="Open a page at all seats" onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <TextField
          label="Address"
          hint="Desktops stay as they are, and come back when you end it."
          value={page}
          onChange={(event) => setPage(event.target.value)}
          pattern="(https?://|/(?!/)).+"
          maxLength={2048}
          required
          data-autofocus
        />
        <div className="dialog-actions">
          {current !== null && (
            <button type="button" className="button" onClick={() => void open(null)}>
              End it
            </button>
          )}
          <button type="submit" className="button primary">
            Open
          </button>
        </div>
      </form>
    </Dialog>
  );
}
