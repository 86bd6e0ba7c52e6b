import { type FormEvent, useId, useState } from 'react';
import { Dialog } from '../../shared/ui/dialog.tsx';

export interface MessageDialogProps {
  /** Whom it is said to. */
  readonly to: string;
  /** What is said there now; null for nothing. */
  readonly current: string | null;
  readonly isBusy: boolean;
  /** Null takes it back. @returns whether it was sent */
  readonly onSend: (message: string | null) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Say something to the person at a seat or to a whole room, or take it back. */
export function MessageDialog({ to, current, isBusy, onSend, onClose }: MessageDialogProps) {
  const [message, setMessage] = useState(current ?? '');
  const id = useId();
  const send = async (next: string | null): Promise<void> => {
    if (await onSend(next)) onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (message.trim() !== '') void send(message.trim());
  };
  return (
    <Dialog title={`Message to ${to}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <div className="field">
          <label htmlFor={id}>Message</label>
          <textarea
            id={id}
            className="input"
            value={message}
            onChange={(event) => setMessage(event.target.value)}
            maxLength={500}
            required
            data-autofocus
          />
          <span className="hint">It stays on the screen until you take it back.</span>
        </div>
        <div className="dialog-actions">
          {current !== null && (
            <button type="button" className="button" disabled={isBusy} onClick={() => void send(null)}>
              Take it back
            </button>
          )}
          <button type="submit" className="button primary" disabled={isBusy}>
            Send
          </button>
        </div>
      </form>
    </Dialog>
  );
}
