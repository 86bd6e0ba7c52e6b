import type { Device, Seat, Session } from '@homeroom/protocol';
import { useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import { MessageDialog } from './message-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { PageDialog } from './page-dialog.tsx';
import { type SeatDialog, type SeatTool, seatTools } from './seat-tool.ts';
import { SeatedDialog } from './seated-dialog.tsx';
import { useSeatActions } from './use-seat-actions.ts';
import './seat-tools.css';

export interface SeatToolsProps {
  readonly device: Device;
  readonly seat: Seat;
  readonly session: Session | undefined;
  /** Say each tool in full. */
  readonly isWordy?: boolean;
}

/** What can be done to a seat. */
export function SeatTools({ device, seat, session, isWordy = false }: SeatToolsProps) {
  const actions = useSeatActions(device);
  const [open, setOpen] = useState<SeatDialog>();
  const close = (): void => setOpen(undefined);
  const tools = seatTools({ device, session, actions, open: setOpen });

  return (
    <div
      className={isWordy ? 'seat-tools wordy' : 'seat-tools'}
      role="toolbar"
      aria-label={`Tools for ${seat.name}`}
    >
      {tools.map((tool) => (
        <ToolButton
          key={tool.key}
          tool={tool}
          isWordy={isWordy}
          isDisabled={actions.isBusy || tool.isIdle || (device.connection !== 'ready' && !tool.worksAway)}
        />
      ))}
      {open === 'page' && <PageDialog device={device} actions={actions} onClose={close} />}
      {open === 'message' && (
        <MessageDialog
          to={device.name}
          current={device.desired.message}
          isBusy={actions.isBusy}
          onSend={actions.sendMessage}
          onClose={close}
        />
      )}
      {open === 'seated' && <SeatedDialog seat={seat} onClose={close} />}
      {open === 'move' && session && <MoveDialog session={session} onClose={close} />}
    </div>
  );
}

interface ToolButtonProps {
  readonly tool: SeatTool;
  readonly isWordy: boolean;
  readonly isDisabled: boolean;
}

function ToolButton({ tool, isWordy, isDisabled }: ToolButtonProps) {
  const kind = ['button', isWordy ? '' : 'quiet', tool.isOn ? 'on' : '', tool.isDanger ? 'danger' : ''];
  return (
    <button
      type="button"
      className={kind.filter(Boolean).join(' ')}
      title={isWordy ? undefined : tool.label}
      aria-label={isWordy ? undefined : tool.label}
      disabled={isDisabled}
      onClick={tool.run}
    >
      <Icon name={tool.icon} size={18} />
      <span>{isWordy ? tool.label : tool.word}</span>
    </button>
  );
}
