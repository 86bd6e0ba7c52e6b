import type { Device } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import type { SeatActions } from './use-seat-actions.ts';

export interface DeviceDialogProps {
  readonly device: Device;
  readonly actions: SeatActions;
  readonly onClose: () => void;
}

/** Push a page to a seat, or take it back. */
export function PageDialog({ device, actions, onClose }: DeviceDialogProps) {
  const [page, setPage] = useState(device.desired.page ?? 'https://');
  const push = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await actions.pushPage(page.trim())) onClose();
  };
  const takeBack = async (): Promise<void> => {
    if (await actions.pushPage(null)) onClose();
  };
  return (
    <Dialog title={`Show a page at ${device.name}`} onClose={onClose}>
      <form className="form" onSubmit={(event) => void push(event)}>
        <TextField
          label="Address"
          hint="A page of Homeroom (/…), or one that the devices are configured to allow. It stays until you take it back."
          value={page}
          onChange={(event) => setPage(event.target.value)}
          pattern="(https?://|/).+"
          maxLength={2048}
          required
          data-autofocus
        />
        <div className="dialog-actions">
          {device.desired.page !== null && (
            <button
              type="button"
              className="button"
              disabled={actions.isBusy}
              onClick={() => void takeBack()}
            >
              Take the page back
            </button>
          )}
          <button type="submit" className="button primary" disabled={actions.isBusy}>
            Show it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
