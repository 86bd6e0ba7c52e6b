import type { Device, Room, User } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { Link } from '../route/link.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { NameDialog } from './name-dialog.tsx';
import { NoRooms } from './no-rooms.tsx';
import { roomWords } from './room-words.ts';
import './rooms-page.css';

/** All rooms, for teachers their own, each with how it is. */
export function RoomsPage({ user }: { user: User }) {
  const rooms = useResource<{ items: Room[] }>('rooms', { kinds: ['room', 'seat', 'user'] });
  const devices = useResource<{ items: Device[] }>('devices', { kinds: ['device', 'seat'] });
  const [isAdding, setAdding] = useState(false);

  return (
    <Page
      title="Rooms"
      lead="Open a room to see and steer its seats."
      actions={
        <>
          <a className="button" href="/dashboard">
            <Icon name="board" size={18} /> Dashboard
          </a>
          {user.role === 'admin' && (
            <button type="button" className="button" onClick={() => setAdding(true)}>
              <Icon name="plus" size={18} /> Add a room
            </button>
          )}
        </>
      }
    >
      <ProblemNotice error={rooms.error} />
      {rooms.value?.items.length === 0 && <NoRooms user={user} />}
      <ul className="room-grid">
        {byName(rooms.value?.items ?? [], ({ name }) => name).map((room) => (
          <li key={room.id}>
            <Link href={`/rooms/${room.id}`} className="room-card card">
              <Icon name="room" size={28} />
              <span>
                <strong>{room.name}</strong>
                <small>{roomWords(room, devices.value?.items ?? [])}</small>
              </span>
              <Icon name="chevron" size={18} />
            </Link>
          </li>
        ))}
      </ul>
      {isAdding && (
        <NameDialog title="Add a room" label="Name" path="rooms" onClose={() => setAdding(false)} />
      )}
    </Page>
  );
}
