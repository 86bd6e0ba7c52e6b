import type { Device, Room, Seat, Session, Template, User } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { byName } from '../../shared/words/by-name.ts';
import { Link } from '../route/link.tsx';
import { Empty } from '../shell/empty.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { Table } from '../shell/table.tsx';
import { useFirst } from '../shell/use-first.ts';
import { SeatRow } from './seat-row.tsx';

/** Every seat of every room. */
export function SeatsPage({ user }: { user: User }) {
  const [room, setRoom] = useState('');
  const seats = useResource<{ items: Seat[] }>('seats', { kinds: ['seat', 'room', 'session', 'device'] });
  const rooms = useResource<{ items: Room[] }>('rooms', { kinds: ['room'] });
  const devices = useResource<{ items: Device[] }>('devices', { kinds: ['device', 'credential'] });
  const sessions = useResource<{ items: Session[] }>('sessions?state=live', { kinds: ['session'] });
  const templates = useResource<{ items: Template[] }>('templates', { kinds: ['template'] });
  const roomName = (id: string): string => rooms.value?.items.find((each) => each.id === id)?.name ?? '';
  const wanted = (seats.value?.items ?? []).filter((seat) => room === '' || seat.room === room);
  const items = byName(wanted, (seat) => `${roomName(seat.room)} ${seat.name}`);
  const { shown, hasMore, more } = useFirst(items);

  return (
    <Page
      title="Seats"
      lead="Where people sit: each seat has a place in a room, and a device that shows its desktop."
    >
      <ProblemNotice error={seats.error ?? rooms.error} />
      {seats.value?.items.length === 0 && (
        <Empty title="No seats yet" icon="monitor">
          Open a <Link href="/rooms">room</Link> and add seats, or enrol a device with a join token for the
          room: its seat is made by itself.
        </Empty>
      )}
      {seats.value && seats.value.items.length > 0 && rooms.value && (
        <>
          <div className="filters">
            <SelectField label="Room" value={room} onChange={({ target }) => setRoom(target.value)}>
              <option value="">all rooms</option>
              {byName(rooms.value.items, ({ name }) => name).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
          </div>
          {items.length === 0 && <p>This room has no seats yet.</p>}
          {items.length > 0 && (
            <Table
              label="Seats"
              columns={['Seat', 'Device', 'Used by', 'Without an account']}
              hasActions={user.role === 'admin'}
            >
              {shown.map((seat) => (
                <SeatRow
                  key={seat.id}
                  seat={seat}
                  room={roomName(seat.room)}
                  device={devices.value?.items.find(({ id }) => id === seat.device)}
                  session={sessions.value?.items.find(({ id }) => id === seat.session)}
                  templates={templates.value?.items ?? []}
                  isAdmin={user.role === 'admin'}
                />
              ))}
            </Table>
          )}
          <MoreButton shown={shown.length} total={items.length} hasMore={hasMore} onMore={more} />
        </>
      )}
    </Page>
  );
}
