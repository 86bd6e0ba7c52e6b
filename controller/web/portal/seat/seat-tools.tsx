import type { Device, Seat, Session } from '@homeroom/protocol';
import { useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import type { IconName } from '../../shared/icons/icon-paths.ts';
import { MessageDialog } from './message-dialog.tsx';
import { PageDialog } from './page-dialog.tsx';
import { SeatedDialog } from './seated-dialog.tsx';
import { useSeatActions } from './use-seat-actions.ts';

export interface SeatToolsProps {
  readonly device: Device;
  readonly seat: Seat;
  readonly session: Session | undefined;
  /** Show the words beside the icons. */
  readonly isWordy?: boolean;
}

interface Tool {
  readonly icon: IconName;
  readonly label: string;
  readonly run: () => void;
  readonly isOn?: boolean;
  readonly isDanger?: boolean;
  /** Works on what is desired, so also while the device is away. */
  readonly worksAway?: boolean;
}

/** What can be done to a seat. */
export function SeatTools({ device, seat, session, isWordy = false }: SeatToolsProps) {
  const actions = useSeatActions(device);
  const [open, setOpen] = useState<'page' | 'message' | 'seated'>();
  const { lock, screen } = device.desired;
  const isOff = screen === 'off';
  const close = (): void => setOpen(undefined);

  const tools: Tool[] = [
    { icon: 'sparkle', label: 'Identify', run: actions.identify },
    {
      icon: 'power',
      label: isOff ? 'Screen on' : 'Screen off',
      run: () => actions.setScreen(isOff ? 'on' : 'off'),
      isOn: isOff,
      worksAway: true,
    },
    {
      icon: lock ? 'unlock' : 'lock',
      label: lock ? 'Unlock' : 'Lock',
      run: () => actions.setLock(!lock),
      isOn: lock,
      worksAway: true,
    },
    {
      icon: 'page',
      label: 'Show a page',
      run: () => setOpen('page'),
      isOn: device.desired.page !== null,
      worksAway: true,
    },
    {
      icon: 'message',
      label: 'Message',
      run: () => setOpen('message'),
      isOn: device.desired.message !== null,
      worksAway: true,
    },
    { icon: 'enter', label: 'Log in as seated here', run: () => setOpen('seated') },
    { icon: 'restart', label: 'Restart', run: () => void actions.reboot(), isDanger: true },
  ];
  if (session)
    tools.push({
      icon: 'close',
      label: 'End session',
      run: () => void actions.endSession(session),
      isDanger: true,
      worksAway: true,
    });

  return (
    <div
      className={isWordy ? 'seat-tools wordy' : 'seat-tools'}
      role="toolbar"
      aria-label={`Tools for ${seat.name}`}
    >
      {tools.map((tool) => (
        <ToolButton
          key={tool.icon}
          tool={tool}
          isWordy={isWordy}
          isDisabled={actions.isBusy || (device.connection !== 'ready' && !tool.worksAway)}
        />
      ))}
      {open === 'page' && <PageDialog device={device} actions={actions} onClose={close} />}
      {open === 'message' && <MessageDialog device={device} actions={actions} onClose={close} />}
      {open === 'seated' && <SeatedDialog seat={seat} onClose={close} />}
    </div>
  );
}

function ToolButton({ tool, isWordy, isDisabled }: { tool: Tool; isWordy: boolean; isDisabled: boolean }) {
  const kind = [
    'button',
    isWordy ? '' : 'quiet square',
    tool.isOn ? 'on' : '',
    isWordy && tool.isDanger ? 'danger' : '',
  ];
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
      {isWordy && tool.label}
    </button>
  );
}
