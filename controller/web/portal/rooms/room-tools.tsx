import type { PatchDeviceRequest } from '@homeroom/protocol';
import { useState } from 'react';
import { Icon } from '../../shared/icons/icon.tsx';
import type { IconName } from '../../shared/icons/icon-paths.ts';
import type { RoomSeat } from './join-seats.ts';
import { RoomFilesDialog } from './room-files-dialog.tsx';
import { RoomMessageDialog } from './room-message-dialog.tsx';
import { RoomPageDialog } from './room-page-dialog.tsx';
import { useRoomActions } from './use-room-actions.ts';
import { type RoomAsking, useRoomAttention } from './use-room-attention.ts';

interface RoomTool {
  readonly icon: IconName;
  readonly label: string;
  readonly asked: string;
  /** Of the room as a whole, or else of each device. */
  readonly does: RoomAsking | { readonly patch: PatchDeviceRequest };
}

const tools: readonly RoomTool[] = [
  { icon: 'lock', label: 'Lock all', asked: 'locked', does: { path: 'lock', body: { on: true } } },
  { icon: 'unlock', label: 'Unlock all', asked: 'unlocked', does: { path: 'lock', body: { on: false } } },
  { icon: 'sound-off', label: 'Mute all', asked: 'muted', does: { path: 'mute', body: { on: true } } },
  { icon: 'sound', label: 'Sound on', asked: 'sound on', does: { path: 'mute', body: { on: false } } },
  {
    icon: 'power',
    label: 'Screens off',
    asked: 'screen switched off',
    does: { patch: { screen: 'off' } },
  },
  { icon: 'monitor', label: 'Screens on', asked: 'screen switched on', does: { patch: { screen: 'on' } } },
];

type OpenDialog = 'message' | 'page' | 'files';
const dialogs: readonly { readonly icon: IconName; readonly label: string; readonly opens: OpenDialog }[] = [
  { icon: 'message', label: 'Message all', opens: 'message' },
  { icon: 'page', label: 'Open a page', opens: 'page' },
  { icon: 'files', label: 'Files', opens: 'files' },
];

/** What a teacher does to the whole room at once. */
export function RoomTools({ room, seats }: { room: string; seats: readonly RoomSeat[] }) {
  const heard = seats.flatMap(({ device }) => (device && device.connection !== 'revoked' ? [device] : []));
  const names = new Map(seats.flatMap(({ seat, device }) => (device ? [[seat.id, seat.name] as const] : [])));
  const { isBusy, patchAll } = useRoomActions(heard);
  const ask = useRoomAttention(room, names);
  const [opened, setOpened] = useState<OpenDialog>();
  const close = () => setOpened(undefined);
  if (heard.length === 0) return null;

  return (
    <div className="room-tools" role="toolbar" aria-label="Tools for all seats">
      {tools.map(({ icon, label, does, asked }) => (
        <button
          key={label}
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => void ('patch' in does ? patchAll(does.patch, asked) : ask(does, asked))}
        >
          <Icon name={icon} size={18} /> {label}
        </button>
      ))}
      {dialogs.map(({ icon, label, opens }) => (
        <button key={label} type="button" className="button" onClick={() => setOpened(opens)}>
          <Icon name={icon} size={18} /> {label}
        </button>
      ))}
      {opened === 'message' && <RoomMessageDialog room={room} onClose={close} />}
      {opened === 'page' && (
        <RoomPageDialog
          current={heard.find(({ desired }) => desired.page !== null)?.desired.page ?? null}
          onOpen={(url) => ask({ path: 'open', body: { url } }, url === null ? 'page ended' : 'page opened')}
          onClose={close}
        />
      )}
      {opened === 'files' && <RoomFilesDialog room={room} onClose={close} />}
    </div>
  );
}
