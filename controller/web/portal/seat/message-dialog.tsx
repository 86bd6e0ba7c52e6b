import { type FormEvent, useId, useState } from 'react';
import { Dialog } from '../../shared/ui/dialog.tsx';
import type { DeviceDialogProps } from './page-dialog.tsx';

/** Say something to the person at a seat, or take it back. */
export function MessageDialog({ device, actions, onClose }: DeviceDialogProps) {
  const [message, setMessage] = useState(device.desired.message ?? '');
  const id = useId();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await actions.sendMessage(message.trim())) onClose();
  };
  const takeBack = async (): Promise<void> => {
    if (await actions.sendMessage(null)) onClose();
  };
  return (
    <Dialog title={`Message to ${device.name}`} onClose={onClose}>
      <form className="form" onSubmit={(event) => void send(event)}>
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
          <span className="hint">It stays on the seat’s screen until you take it back.</span>
        </div>
        <div className="dialog-actions">
          {device.desired.message !== null && (
            <button
              type="button"
              className="button"
              disabled={actions.isBusy}
              onClick={() => void takeBack()}
            >
              Take it back
            </button>
          )}
          <button type="submit" className="button primary" disabled={actions.isBusy}>
            Send
          </button>
        </div>
      </form>
    </Dialog>
  );
}
