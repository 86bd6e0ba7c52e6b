import type { Room, User } from '@homeroom/protocol';
import { useState } from 'react';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { SeatCard } from '../seat/seat-card.tsx';
import { SeatDrawer } from '../seat/seat-drawer.tsx';
import { snapshotPeriodMs } from '../seat/snapshot-period.ts';
import { Empty } from '../shell/empty.tsx';
import { Page } from '../shell/page.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { NameDialog } from './name-dialog.tsx';
import { RoomTools } from './room-tools.tsx';
import { TeachersDialog } from './teachers-dialog.tsx';
import { useRoomSeats } from './use-room-seats.ts';
import './rooms-page.css';

/** One room's seats, live. */
export function RoomPage({ id, user }: { id: string; user: User }) {
  const room = useResource<Room>(`rooms/${id}`, { kinds: ['room', 'seat'] });
  const { seats, error } = useRoomSeats(id);
  const [openSeatId, setOpenSeatId] = useState<string>();
  const [isAdding, setAdding] = useState(false);
  const [isGiving, setGiving] = useState(false);
  const open = seats?.find(({ seat }) => seat.id === openSeatId);
  const inUse = seats?.filter(({ session }) => session).length ?? 0;

  return (
    <Page
      title={room.value?.name ?? 'Room'}
      lead={seats && `${seats.length === 1 ? '1 seat' : `${seats.length} seats`}, ${inUse} in use`}
      actions={
        <>
          <a className="button" href={`/dashboard/wall?room=${id}`}>
            <Icon name="board" size={18} /> Dashboard
          </a>
          {user.role === 'admin' && (
            <>
              <button type="button" className="button" disabled={!room.value} onClick={() => setGiving(true)}>
                <Icon name="people" size={18} /> Teachers
              </button>
              <button type="button" className="button" onClick={() => setAdding(true)}>
                <Icon name="plus" size={18} /> Add a seat
              </button>
            </>
          )}
        </>
      }
    >
      <ProblemNotice error={room.error ?? error} />
      {seats?.length === 0 && (
        <Empty title="No seats yet" icon="desktop">
          A device that is enrolled with a join token for this room gets a seat by itself. Seats can be added
          ahead, too.
        </Empty>
      )}
      <RoomTools room={id} seats={seats ?? []} />
      <div className="seat-grid">
        {seats?.map((each) => (
          <SeatCard
            key={each.seat.id}
            {...each}
            snapshotPeriodMs={snapshotPeriodMs(seats.length)}
            onDetails={() => setOpenSeatId(each.seat.id)}
          />
        ))}
      </div>
      {open?.device && (
        <SeatDrawer
          seat={open.seat}
          device={open.device}
          session={open.session}
          onClose={() => setOpenSeatId(undefined)}
        />
      )}
      {isGiving && room.value && <TeachersDialog room={room.value} onClose={() => setGiving(false)} />}
      {isAdding && (
        <NameDialog
          title="Add a seat"
          label="Name"
          path={`rooms/${id}/seats`}
          onClose={() => setAdding(false)}
        />
      )}
    </Page>
  );
}
