import type { Device, PatchDeviceRequest } from '@homeroom/protocol';
import { useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import type { IconName } from '../../shared/icons/icon-paths.ts';
import { MessageDialog } from '../seat/message-dialog.tsx';
import { useRoomActions } from './use-room-actions.ts';

interface RoomTool {
  readonly icon: IconName;
  readonly label: string;
  readonly body: PatchDeviceRequest;
  readonly asked: string;
}

const tools: readonly RoomTool[] = [
  { icon: 'lock', label: 'Lock all', body: { lock: true }, asked: 'locked' },
  { icon: 'unlock', label: 'Unlock all', body: { lock: false }, asked: 'unlocked' },
  { icon: 'power', label: 'Screens off', body: { screen: 'off' }, asked: 'screen switched off' },
  { icon: 'monitor', label: 'Screens on', body: { screen: 'on' }, asked: 'screen switched on' },
];

/** What a teacher does to the whole room at once. */
export function RoomTools({ devices }: { devices: readonly Device[] }) {
  const heard = devices.filter(({ connection }) => connection !== 'revoked');
  const { isBusy, patchAll } = useRoomActions(heard);
  const [isWriting, setWriting] = useState(false);
  const said = heard.find(({ desired }) => desired.message !== null)?.desired.message ?? null;
  if (heard.length === 0) return null;

  return (
    <div className="room-tools" role="toolbar" aria-label="Tools for all seats">
      {tools.map(({ icon, label, body, asked }) => (
        <button
          key={label}
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => void patchAll(body, asked)}
        >
          <Icon name={icon} size={18} /> {label}
        </button>
      ))}
      <button type="button" className="button" disabled={isBusy} onClick={() => setWriting(true)}>
        <Icon name="message" size={18} /> Message all
      </button>
      {isWriting && (
        <MessageDialog
          to="all seats"
          current={said}
          isBusy={isBusy}
          onSend={(message) =>
            patchAll({ message }, message === null ? 'message taken back' : 'message sent')
          }
          onClose={() => setWriting(false)}
        />
      )}
    </div>
  );
}
